import { sweepOfAll, type CatalogSource } from '../../skills/kit/catalog-source.js'
import type { Claim } from '../../skills/kit/model.js'
import type { Settings } from '../../skills/kit/ports.js'
import { readSchedule, schedulesFolder } from './read-schedule.js'

/** The files of a settings tree that are schedules. */
async function scheduleFiles(settings: Pick<Settings, 'list' | 'read'>): Promise<{ file: string; text: string }[]> {
  const files = (await settings.list(schedulesFolder)).filter((file) => /\.ya?ml$/.test(file))
  return Promise.all(files.map(async (file) => ({ file, text: (await settings.read(file)) ?? '' })))
}

/** What is wrong in the schedules of a settings tree: file, line, and why. @throws Fault Unavailable where it cannot be read */
export async function scheduleMistakes(settings: Pick<Settings, 'list' | 'read'>): Promise<string[]> {
  const read = (await scheduleFiles(settings)).map(({ file, text }) => readSchedule(file, text))
  return read.flatMap((one) => ('mistakes' in one ? one.mistakes : []))
}

/**
 * Nexus's own schedules, from the settings. Of a file with a mistake the schedule that was read last holds, so that a slip in an edit takes
 * nobody's pager away.
 */
export function schedulesSource(settings: Pick<Settings, 'list' | 'read'>): CatalogSource {
  const last = new Map<string, Claim>()
  return {
    name: 'schedules',
    title: 'Nexus schedules',
    sweep: sweepOfAll(async () => {
      const files = await scheduleFiles(settings)
      for (const file of last.keys()) if (!files.some((one) => one.file === file)) last.delete(file)
      for (const { file, text } of files) {
        const read = readSchedule(file, text)
        if ('claim' in read) last.set(file, read.claim)
      }
      return [...last.values()]
    }),
  }
}
