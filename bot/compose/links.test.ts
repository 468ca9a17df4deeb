import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { linkDomains, readLinks, type LinkVariables } from './links.js'

const cloud: LinkVariables = {
  NEXUS_DOMAIN: 'nexus.contoso.com',
  NEXUS_GITHUB_ORGANISATION: 'contoso',
  NEXUS_AZURE_DEVOPS_ORGANISATION: 'https://dev.azure.com/contoso',
  NEXUS_PAGERDUTY_TOKEN: 'secret',
}
const read = readLinks(cloud)
const site = '/subscriptions/1a/resourcegroups/rg-shop/providers/microsoft.web/sites/shop'
const plain = (link: string) =>
  read(link).map((target) =>
    'property' in target ? `${target.kinds.join()} ${target.property}=${target.value}` : `${target.kind} ${target.id}`,
  )

test.each<[link: string, first: string | undefined]>([
  ['https://github.com/Contoso/Auth-API', 'Repository github/contoso/auth-api'],
  ['https://github.com/contoso/auth-api.git', 'Repository github/contoso/auth-api'],
  ['https://github.com/contoso/auth-api/tree/main/src?x=1#L3', 'Repository github/contoso/auth-api'],
  ['https://github.com/contoso/auth-api/pulls', 'Repository github/contoso/auth-api'],
  ['https://github.com/contoso/auth-api/pull/482/files', 'PullRequest github/contoso/auth-api#482'],
  ['https://github.com/contoso/auth-api/actions/runs/77/job/1', 'Run github/contoso/auth-api/runs/77'],
  ['https://github.com/contoso/auth-api/actions/workflows/ci.yml', 'Pipeline github/contoso/auth-api/workflows/ci.yml'],
  ['https://github.com/contoso/auth-api/pull/x', undefined],
  ['https://github.com/contoso/auth-api/issues/7', undefined],
  ['https://github.com/contoso', undefined],
  ['https://github.com/', undefined],
  ['https://gist.github.com/contoso/auth-api', undefined],
  [`https://portal.azure.com/#@contoso.com/resource${site}/appServices`, `Resource ${site}`],
  [
    `https://portal.azure.com/#resource${site.toUpperCase().replace('/SUBSCRIPTIONS', '/subscriptions')}`,
    `Resource ${site}`,
  ],
  [`https://portal.azure.com/#view/Blade/resourceId/${encodeURIComponent(site)}/more/x`, `Resource ${site}`],
  [`https://portal.azure.com/#@x/resource${site}/slots/staging/overview`, `Resource ${site}/slots/staging`],
  ['https://portal.azure.com/#@x/resource/subscriptions/1a/resourceGroups/rg-shop/overview', undefined],
  ['https://portal.azure.com/#%E0%A4%A/subscriptions/%', undefined],
  ['https://portal.azure.com/', undefined],
  ['https://dev.azure.com/contoso/commerce/_git/orders', 'Repository azure-devops/commerce/orders'],
  ['https://dev.azure.com/contoso/_git/orders', 'Repository azure-devops/orders/orders'],
  ['https://dev.azure.com/contoso/commerce/_git/orders/pullrequest/9', 'PullRequest azure-devops/commerce/orders#9'],
  ['https://dev.azure.com/contoso/commerce/_workitems/edit/4321/', 'WorkItem azure-devops/4321'],
  ['https://dev.azure.com/contoso/commerce/_boards/board/t/Web/Stories?workitem=4321', 'WorkItem azure-devops/4321'],
  ['https://contoso.visualstudio.com/commerce/_workitems/edit/4321', 'WorkItem azure-devops/4321'],
  ['https://dev.azure.com/contoso/commerce/_build?definitionId=2&view=runs', 'Pipeline azure-devops/commerce/2'],
  [
    'https://dev.azure.com/contoso/commerce/_build/results?buildId=1004&view=logs',
    'Run azure-devops/commerce/runs/1004',
  ],
  ['https://dev.azure.com/contoso/commerce/_build', undefined],
  ['https://dev.azure.com/contoso/commerce/_workitems/edit/4321%2F..', undefined],
  ['https://dev.azure.com/fabrikam/commerce/_git/orders', undefined],
  ['https://contoso.pagerduty.com/incidents/Q1ABCD', 'Incident pagerDutyId=Q1ABCD'],
  ['https://contoso.pagerduty.com/service-directory/PABC12', 'Service pagerDutyId=PABC12'],
  ['https://contoso.pagerduty.com/incidents/Q1ABCD/timeline', 'Incident pagerDutyId=Q1ABCD'],
  ['https://contoso.pagerduty.com/incidents/x%27%20or', undefined],
  ['https://contoso.pagerduty.com/constructor/PABC12', undefined],
  ['https://a.b.pagerduty.com/incidents/Q1ABCD', undefined],
  ['https://pagerduty.com/incidents/Q1ABCD', undefined],
  ['https://nexus.contoso.com/open/incident/INC-131', 'Incident INC-131'],
  ['https://nexus.contoso.com/open/proposal/PR-2041', 'Proposal PR-2041'],
  ['https://nexus.contoso.com/open/repository/github/contoso/auth-api', 'Repository github/contoso/auth-api'],
  ['https://nexus.contoso.com/open/secret/x', undefined],
  ['https://nexus.contoso.com/open/incident/', undefined],
  ['https://nexus.contoso.com.evil.example/open/incident/INC-131', undefined],
  ['http://nexus.contoso.com/open/incident/INC-131', undefined],
  ['javascript:alert(1)', undefined],
  [`https://github.com/contoso/${'x'.repeat(3_000)}`, undefined],
  ['', undefined],
])('%s', (link, first) => {
  expect(plain(link)[0]).toBe(first)
})

test('of a page within a resource the resource is known, where the longer one is not', () => {
  expect(plain(`https://portal.azure.com/#@x/resource${site}/a/b/c`)).toEqual([
    `Resource ${site}/a/b`,
    `Resource ${site}`,
  ])
})

test.each<[what: string, variables: LinkVariables, domains: string[]]>([
  ['nothing but Azure', {}, ['portal.azure.com']],
  [
    'all of them',
    cloud,
    [
      'nexus.contoso.com',
      'github.com',
      'portal.azure.com',
      'dev.azure.com',
      'contoso.visualstudio.com',
      '*.pagerduty.com',
    ],
  ],
  [
    'GitHub Enterprise',
    { NEXUS_GITHUB_ORGANISATION: 'x', NEXUS_GITHUB_ENDPOINT: 'https://git.contoso.com/api/v3' },
    ['git.contoso.com', 'portal.azure.com'],
  ],
  ['another cloud', { NEXUS_ARM_ENDPOINT: 'https://management.usgovcloudapi.net' }, ['portal.azure.us']],
  [
    'Azure DevOps of one’s own',
    { NEXUS_AZURE_DEVOPS_ORGANISATION: 'https://tfs.contoso.com/DefaultCollection' },
    ['portal.azure.com', 'tfs.contoso.com'],
  ],
])('%s: the hosts that Teams asks about', (_, variables, domains) => {
  expect(linkDomains(variables)).toEqual(domains)
})

test('whatever is pasted, it is read without a mistake', () => {
  const host = fc.constantFrom(
    'github.com',
    'portal.azure.com',
    'dev.azure.com',
    'x.pagerduty.com',
    'nexus.contoso.com',
  )
  fc.assert(
    fc.property(host, fc.webPath(), fc.webQueryParameters(), fc.webFragments(), (where, path, query, fragment) => {
      expect(Array.isArray(read(`https://${where}${path}?${query}#${fragment}`))).toBe(true)
    }),
    { numRuns: 300 },
  )
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => void read(text)),
    { numRuns: 300 },
  )
})
