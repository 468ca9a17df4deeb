/** What answers are about, as far as an organisation says which channel may hear of it. */
export const areas = [
  'catalog',
  'on-call',
  'incidents',
  'deployments',
  'pipelines',
  'metrics',
  'cost',
  'audit',
] as const
export type Area = (typeof areas)[number]
