import { discoverSkills } from '../../../bot/discover-skills.js'
import { createRegistry } from '../../../bot/hub/registry.js'
import { Names } from '../../../bot/language/name-index.js'
import { namesFor } from '../../../bot/language/names.js'
import { createUnderstand } from '../../../bot/language/understand.js'
import type { CommandInfo } from '../../../skills/kit/ports.js'
import type { LanguageResults, LanguageSize } from '../report/language-results.js'
import { entityOf, utterancesOf } from './language-world.js'
import { percentile } from './statistics.js'

/** Things that are said at each size, after as many that warm up: a hub has heard more than that by noon. */
const [said, warming] = [600, 600]

/** When the first of them is said, and the milliseconds until the next: words of time are read anew at every moment. */
const [opening, between] = [Date.parse('2026-11-18T09:00:00.000Z'), 1_000]

const hearing = {
  tenant: 'bench',
  zone: 'Europe/Berlin',
  locale: 'en',
  mentions: [],
  speaker: { kind: 'Person', id: 'dana@contoso.example' },
}

/**
 * Measures understanding at several numbers of names, beside a bare router of regular expressions for the same commands, as Hubot and its like
 * have: it knows no names, no slips and no times, so it is the least that words cost.
 * @param skills the folder of the skills
 */
export async function measureLanguage(skills: string, sizes: readonly number[]): Promise<LanguageResults> {
  const { commands } = createRegistry(await discoverSkills(skills))
  const measured: LanguageSize[] = []
  for (const size of sizes) measured.push(measureSize(commands, size))
  return { commands: commands.length, sizes: measured }
}

function measureSize(commands: readonly CommandInfo[], size: number): LanguageSize {
  const memoryBefore = process.memoryUsage().heapUsed
  const compiling = performance.now()
  const understand = createUnderstand(commands)
  const compileMs = performance.now() - compiling
  const learning = performance.now()
  const names = new Names(thingsOf(size))
  const learnMs = performance.now() - learning
  const memory = process.memoryUsage().heapUsed - memoryBefore
  const route = bareRouter(commands)
  const texts = utterancesOf(commands, size, said + warming)
  const [ours, theirs]: number[][] = [[], []]
  texts.forEach((text, at) => {
    const now = new Date(opening + at * between).toISOString()
    const began = performance.now()
    understand(
      { ...hearing, text, now },
      namesFor(names, () => true),
    )
    const understood = performance.now()
    route(text)
    if (at < warming) return
    ours!.push(understood - began)
    theirs!.push(performance.now() - understood)
  })
  const of = (times: readonly number[]) => ({ p50: percentile(times, 0.5), p99: percentile(times, 0.99) })
  return { size, compileMs, learnMs, memory, ...of(ours!), router: of(theirs!) }
}

function* thingsOf(size: number) {
  for (let n = 0; n < size; n++) yield entityOf(n)
}

/** The first command one of whose examples fits, each an expression with a group for every argument. */
function bareRouter(
  commands: readonly CommandInfo[],
): (text: string) => { command: string; args: string[] } | undefined {
  const routes = commands.flatMap(({ id, says }) =>
    says.map((phrase) => {
      const pattern = phrase.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{\w+\}/g, '(.+)')
      return { command: id, pattern: new RegExp(`^(?:please )?${pattern}[?!.]*$`, 'i') }
    }),
  )
  return (text) => {
    for (const { command, pattern } of routes) {
      const match = pattern.exec(text)
      if (match) return { command, args: match.slice(1) }
    }
    return undefined
  }
}
