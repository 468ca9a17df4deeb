import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { readTerraformState } from '../read-terraform-state.js'
import { isArmTemplate, readArmTemplate } from './read-arm-template.js'
import { modulesOf, readBicep, templateOf } from './read-bicep.js'

const filesOf = (files: Record<string, string>) => ({ text: (path: string) => files[path] })
const bicep = (files: Record<string, string>, path = 'main.bicep') => readBicep(path, filesOf(files))

describe('Bicep', () => {
  test('parameters, variables, conditions, texts and functions are worked out', () => {
    const read = bicep({
      'main.bicep': `
        metadata nexus = { resourceGroup: 'RG-Shop' }
        @description('where')
        @allowed([ 'westeurope', 'northeurope' ])
        param location string = 'West Europe'
        param env string = 'prd'
        param big bool = env == 'prd' && true
        var sizes = { prd: 'P2v3', dev: 'B1' }
        var tags = union({ team: 'shop' }, { 'cost-center': 'cc-1', env: env })

        // a plan, /* and not */ a comment
        resource plan 'Microsoft.Web/serverfarms@2023-12-01' = {
          name: 'plan-\${toLower('SHOP')}-\${env}'
          location: location
          sku: { name: sizes[env], capacity: big ? 3 : 1 }
          tags: tags
          properties: {}
        }
        resource site 'Microsoft.Web/sites@2023-12-01' = if (env != 'dev') {
          name: '\${plan.name}-site'
          location: plan.location
          properties: {
            serverFarmId: plan.id, siteConfig: { minTlsVersion: '1.2' }
            publicNetworkAccess: 'Disabled'
          }
        }
        resource never 'Microsoft.Web/sites@2023-12-01' = if (env == 'dev') { name: 'x' }
        output id string = plan.id`,
    })
    expect(read.mistakes).toEqual([])
    expect(read.resources).toEqual([
      {
        ...{ type: 'microsoft.web/serverfarms', name: 'plan-shop-prd', resourceGroup: 'rg-shop' },
        props: {
          ...{ region: 'westeurope', sku: 'P2v3', capacity: 3 },
          tags: { team: 'shop', 'cost-center': 'cc-1', env: 'prd' },
        },
      },
      {
        ...{ type: 'microsoft.web/sites', name: 'plan-shop-prd-site', resourceGroup: 'rg-shop' },
        props: { region: 'westeurope', minimumTls: '1.2', public: false },
      },
    ])
  })

  test('modules, loops, scopes, children and what exists already', () => {
    const files = {
      'env/main.bicep': `
        targetScope = 'subscription'
        param regions array = ['weu', 'neu']
        resource group 'Microsoft.Resources/resourceGroups@2024-03-01' existing = { name: 'rg-data' }
        module stores '../modules/store.bicep' = [for (region, i) in regions: {
          name: 'store-\${i}'
          scope: group
          params: { name: 'st\${region}\${i}', size: 'Standard_LRS' }
        }]
        module away 'br:registry/x:1' = { name: 'away' }
        module lost './nowhere.bicep' = { name: 'lost' }`,
      'modules/store.bicep': `
        param name string
        param size 'Standard_LRS' | 'Standard_GRS' = 'Standard_GRS'
        resource account 'Microsoft.Storage/storageAccounts@2023-01-01' = {
          name: name
          sku: { name: size }
          kind: 'StorageV2'
          resource blobs 'blobServices' = {
            name: 'default'
            resource box 'containers@2023-01-01' = { name: 'box' }
          }
        }
        resource queues 'Microsoft.Storage/storageAccounts/queueServices@2023-01-01' = {
          parent: account
          name: 'default'
        }`,
    }
    const { resources, mistakes } = bicep(files, 'env/main.bicep')
    expect(
      resources.map(({ type, name, resourceGroup }) => [type.split('/').slice(1).join('/'), name, resourceGroup]),
    ).toEqual(
      ['stweu0', 'stneu1'].flatMap((name) => [
        ['storageaccounts', name, 'rg-data'],
        ['storageaccounts/blobservices', `${name}/default`, 'rg-data'],
        ['storageaccounts/blobservices/containers', `${name}/default/box`, 'rg-data'],
        ['storageaccounts/queueservices', `${name}/default`, 'rg-data'],
      ]),
    )
    expect(resources[0]!.props).toEqual({ sku: 'Standard_LRS', variant: 'StorageV2' })
    expect(mistakes.map(({ message }) => message)).toEqual([
      'the module br:registry/x:1 is in a registry, which is not read',
      'the module ./nowhere.bicep is not in this repository',
    ])
    expect(modulesOf('env/main.bicep', files['env/main.bicep'])).toEqual(['modules/store.bicep', 'env/nowhere.bicep'])
  })

  test('a parameter file gives values to its template', () => {
    const files = {
      'main.bicep': `param name string\nresource a 'Microsoft.Web/sites@2023-12-01' = { name: name }`,
      'prod.bicepparam': `using './main.bicep'\nvar end = 'prd'\nparam name = 'shop-\${end}'`,
    }
    expect(bicep(files, 'prod.bicepparam').resources).toMatchObject([{ name: 'shop-prd' }])
    expect(templateOf('prod.bicepparam', files['prod.bicepparam'])).toBe('main.bicep')
  })

  test.each([
    [
      `resource a 'Microsoft.Web/sites@1' = { name: uniqueString('x') }`,
      'the name of a hangs on uniqueString(), which Azure works out',
    ],
    [
      `param n string\nresource a 'Microsoft.Web/sites@1' = { name: n }`,
      'the name of a hangs on the parameter n, which has no value in this repository',
    ],
    [`var a = b\nvar b = a\nresource r 'Microsoft.Web/sites@1' = { name: a }`, 'the name of r hangs on itself'],
    [`resource a 'Microsoft.Web/sites' = { name: 'x' }`, 'a has no type with a version'],
    [`resource a 'Microsoft.Web/sites@1' = { name 'x' }`, ': is expected'],
    [`hello world`, 'hello begins no statement'],
    [`var a = 'x`, 'a text is not closed'],
    [`var a = ${'('.repeat(5_000)}`, 'it is nested too deeply to be read'],
    [`module m 'main.bicep' = { name: 'm' }`, expect.stringContaining('the modules call each other deeper')],
  ])('says what it could not read: %#', (text, message) => {
    const { mistakes } = bicep({ 'main.bicep': text })
    expect(mistakes).toContainEqual(expect.objectContaining({ message }))
  })

  test('what stands after a fault is read, and a fault has its place', () => {
    const { resources, mistakes } = bicep({
      'main.bicep': `var x = {\n  a: ]\n}\nresource a 'Microsoft.Web/sites@1' = { name: 'x' }`,
    })
    expect(resources).toMatchObject([{ name: 'x' }])
    expect(mistakes).toEqual([{ line: 2, column: 6, message: 'a value is expected' }])
  })

  test('takes no longer for a template that is made to grow', () => {
    const grow = Array.from({ length: 60 }, (_, n) => `var a${n + 1} = '\${a${n}}\${a${n}}'`)
    const { mistakes } = bicep({
      'main.bicep': `var a0 = 'xx'\n${grow.join('\n')}\nresource r 'Microsoft.Web/sites@1' = { name: a60 }`,
    })
    expect(mistakes).toMatchObject([{ message: 'the name of r is longer than any name' }])
  })
})

const schema = 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#'

describe('an ARM template', () => {
  const template = {
    $schema: schema,
    parameters: { env: { type: 'string', defaultValue: 'dev' }, secret: { type: 'securestring' } },
    variables: { name: "[concat('st', parameters('env'), variables('end'))]", end: 'x' },
    resources: [
      {
        ...{ type: 'Microsoft.Storage/storageAccounts', apiVersion: '2023-01-01', name: "[variables('name')]" },
        ...{
          location: '[resourceGroup().location]',
          sku: { name: "[if(equals(parameters('env'), 'prd'), 'Standard_GRS', 'Standard_LRS')]" },
        },
        properties: { minimumTlsVersion: 'TLS1_2' },
        resources: [{ type: 'blobServices', name: 'default', apiVersion: '2023-01-01' }],
      },
      {
        ...{ type: 'Microsoft.Compute/disks', apiVersion: '2023-01-01', name: "[format('disk-{0}', copyIndex(1))]" },
        copy: { name: 'disks', count: 2 },
      },
      { type: 'Microsoft.Web/sites', apiVersion: '1', name: "[parameters('secret')]" },
      { type: 'Microsoft.Web/sites', apiVersion: '1', name: 'off', condition: false },
      { type: 'Microsoft.Web/sites', apiVersion: '1', name: 'perhaps', condition: "[equals(uniqueString('a'), 'b')]" },
      {
        ...{ type: 'Microsoft.Resources/deployments', apiVersion: '1', name: 'inner', resourceGroup: 'RG-Other' },
        properties: {
          template: {
            resources: [{ type: 'Microsoft.Web/sites', apiVersion: '1', name: "[concat('in-', parameters('env'))]" }],
          },
        },
      },
    ],
  }

  test('is worked out as far as it is constant', () => {
    const text = `// made by hand\n${JSON.stringify(template, null, 2)}`
    const parameters = JSON.stringify({ parameters: { env: { value: 'prd' } } })
    expect(isArmTemplate(text)).toBe(true)
    const { resources, mistakes } = readArmTemplate(text, parameters)
    expect(resources).toEqual([
      { type: 'microsoft.storage/storageaccounts', name: 'stprdx', props: { sku: 'Standard_GRS', minimumTls: '1.2' } },
      { type: 'microsoft.storage/storageaccounts/blobservices', name: 'stprdx/default', props: {} },
      { type: 'microsoft.compute/disks', name: 'disk-1', props: {} },
      { type: 'microsoft.compute/disks', name: 'disk-2', props: {} },
      { type: 'microsoft.web/sites', name: 'perhaps', maybe: true, props: {} },
      { type: 'microsoft.web/sites', name: 'in-prd', resourceGroup: 'rg-other', props: {} },
    ])
    expect(mistakes).toEqual([
      {
        message:
          "the name of Microsoft.Web/sites [parameters('secret')] hangs on the parameter secret, which has no value in this repository",
      },
    ])
  })

  test('that is no JSON is said with its place', () => {
    expect(readArmTemplate('{\n  "a": }').mistakes).toEqual([{ line: 2, column: 8, message: 'it is no JSON' }])
  })
})

describe('a Terraform state', () => {
  const id = (name: string) => `/subscriptions/S/resourceGroups/RG/providers/Microsoft.Storage/storageAccounts/${name}`
  const state = (resources: unknown[], version: unknown = 4) => JSON.stringify({ version, resources })
  const managed = (type: string, attributes: object) => ({
    mode: 'managed',
    type,
    name: 'one',
    instances: [{ attributes }],
  })

  test('gives what is compared and nothing else of what it holds', () => {
    const { resources, mistakes } = readTerraformState(
      state([
        managed('azurerm_storage_account', {
          ...{ id: id('Box'), location: 'West Europe', account_tier: 'Standard', account_replication_type: 'ZRS' },
          ...{ min_tls_version: 'TLS1_2', primary_access_key: 's3cret', tags: { team: 'a' } },
        }),
        { ...managed('azurerm_client_config', { id: 'x' }), mode: 'data' },
        managed('azurerm_role_assignment', {
          id: '/subscriptions/S/providers/Microsoft.Authorization/roleAssignments/1',
        }),
        managed('random_id', { id: 'x' }),
        managed('azurerm_subnet', {}),
      ]),
    )
    expect(resources).toEqual([
      {
        ...{ type: 'microsoft.storage/storageaccounts', name: 'Box', id: id('Box').toLowerCase() },
        ...{ resourceGroup: 'rg', subscription: 's' },
        props: { region: 'westeurope', sku: 'Standard_ZRS', minimumTls: '1.2', tags: { team: 'a' } },
      },
    ])
    expect(mistakes).toEqual([{ message: 'azurerm_subnet.one has no ARM id in its attributes' }])
    expect(readTerraformState(state([], 3)).mistakes).toEqual([{ message: 'its format is 3, and 4 is read' }])
  })
})

test('no reader throws, whatever it is given', () => {
  const words =
    "resource module param var = { } [ ] ( ) ' '' ''' ${ : , if for in 'a@1' name \n ? ?? ! && => ... // /* */ . .? [? :: 1 @".split(
      ' ',
    )
  const text = fc.oneof(
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes).toString('utf8')),
    fc.array(fc.constantFrom(...words, ' '), { maxLength: 60 }).map((parts) => parts.join(' ')),
  )
  const json = fc.json().map((one) => `{"$schema":"${schema}","version":4,"resources":${one},"parameters":${one}}`)
  const resource = fc
    .record({
      type: fc.jsonValue(),
      name: fc.jsonValue(),
      copy: fc.jsonValue(),
      sku: fc.jsonValue(),
      resources: fc.jsonValue(),
      condition: fc.jsonValue(),
    })
    .map((one) => JSON.stringify({ resources: [one] }))
  const expression = fc
    .array(fc.constantFrom('concat', '(', ')', "'a'", ',', 'parameters', '[', ']', '.x', '1', 'copyIndex', ' '), {
      maxLength: 20,
    })
    .map((parts) => JSON.stringify({ resources: [{ type: 'A/b', name: `[${parts.join('')}]` }] }))
  fc.assert(
    fc.property(text, (one) => void bicep({ 'main.bicep': one })),
    { numRuns: 400 },
  )
  fc.assert(
    fc.property(
      fc.oneof(text, json, resource, expression),
      (one) => void [readArmTemplate(one, one), readTerraformState(one)],
    ),
    { numRuns: 400 },
  )
})
