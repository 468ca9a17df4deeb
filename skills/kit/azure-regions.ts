/**
 * Azure's public regions with the short forms that names use, as in the table of Microsoft's naming tool for the Cloud Adoption Framework
 * ("Define your naming convention") and what Azure Backup's own codes add to it. Regions that are not here are known by their name alone.
 */
const shortForms: Readonly<Record<string, readonly string[]>> = {
  westeurope: ['weu'],
  northeurope: ['neu'],
  germanywestcentral: ['gwc', 'gewc'],
  germanynorth: ['gn'],
  francecentral: ['frc'],
  francesouth: ['frs'],
  swedencentral: ['swc', 'sdc'],
  switzerlandnorth: ['szn'],
  switzerlandwest: ['szw'],
  norwayeast: ['nwe'],
  polandcentral: ['plc'],
  italynorth: ['itn'],
  spaincentral: ['spc'],
  uksouth: ['uks'],
  ukwest: ['ukw'],
  eastus: ['eus'],
  eastus2: ['eus2'],
  centralus: ['cus'],
  northcentralus: ['ncus'],
  southcentralus: ['scus'],
  westcentralus: ['wcus'],
  westus: ['wus'],
  westus2: ['wus2'],
  westus3: ['wus3'],
  canadacentral: ['cnc', 'cac'],
  canadaeast: ['cne', 'cae'],
  brazilsouth: ['brs'],
  southeastasia: ['sea'],
  eastasia: ['ea'],
  japaneast: ['jpe'],
  japanwest: ['jpw'],
  koreacentral: ['krc'],
  koreasouth: ['krs'],
  australiaeast: ['aue'],
  australiasoutheast: ['ause'],
  australiacentral: ['auc'],
  centralindia: [],
  southindia: [],
  westindia: [],
  uaenorth: ['uan'],
  southafricanorth: [],
}

/** The regions by their names in Azure's own spelling: `westeurope`. */
export const regions: readonly string[] = Object.keys(shortForms)

const byWord = new Map(
  Object.entries(shortForms).flatMap(([region, codes]): [string, string][] => [
    [region, region],
    ...codes.map((code): [string, string] => [code, region]),
  ]),
)

/** The region that words mean, in any spelling: "West Europe", "west-europe", "WEU"; undefined where they are none. */
export const readRegion = (words: string): string | undefined => byWord.get(words.toLowerCase().replace(/[\s_-]+/g, ''))
