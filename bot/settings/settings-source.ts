import { sweepOfAll, type CatalogSource } from '../../skills/kit/catalog-source.js'
import type { Settings } from '../../skills/kit/ports.js'
import { readRunbook, runbooksFolder, type ReadRunbook } from './read-runbook.js'

/** The settings as a source of the catalog: the runbooks of an organisation. */
export const settingsSource = (settings: RunbookFiles): CatalogSource => ({
  name: 'settings',
  title: 'Settings',
  sweep: sweepOfAll(async () => {
    return (await readRunbooks(settings)).flatMap(({ claim }) => claim ?? [])
  }),
})

/** Settings whose files people can look at. */
export interface RunbookFiles extends Pick<Settings, 'list' | 'read'> {
  /** Where people read a file. */
  addressOf(path: string): string
}

/** All runbooks, and what is wrong with those that are none. */
export async function readRunbooks(settings: RunbookFiles): Promise<ReadRunbook[]> {
  const paths = (await settings.list(runbooksFolder)).filter((path) => path.endsWith('.md'))
  return Promise.all(
    paths.map(async (path) => readRunbook(path, (await settings.read(path)) ?? '', settings.addressOf(path))),
  )
}
