import { expect, test } from '@jest/globals'
import { regionName, typeName } from './azure-names.js'

test.each([
  ['Microsoft.Storage/storageAccounts', 'Storage account'],
  ['microsoft.web/sites/slots', 'Deployment slot'],
  ['Microsoft.Quantum/workSpaces', 'Work spaces'],
  ['nonsense', 'Nonsense'],
])('the type %s is called %s', (type, name) => expect(typeName(type)).toBe(name))

test.each([
  ['westeurope', 'West Europe'],
  ['EastUS2', 'East US 2'],
  ['northcentralus', 'North Central US'],
  ['uksouth', 'UK South'],
  ['germanywestcentral', 'Germany West Central'],
  ['southeastasia', 'Southeast Asia'],
  ['australiasoutheast', 'Australia Southeast'],
  ['global', 'global'],
  ['', ''],
])('the region %s is called %s', (region, name) => expect(regionName(region)).toBe(name))
