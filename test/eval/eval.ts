import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { discoverSkills } from '../../bot/discover-skills.js'
import { namesFile, openEvalHouse } from './eval-house.js'
import { fallenBelow, readFloors } from './floors.js'
import { judge, type Verdict } from './judge.js'
import { readOptions, type EvalOptions } from './options.js'
import { readCaseFiles } from './read-case-files.js'
import { readNames } from './read-names.js'
import { sayFallen, sayReport } from './say-report.js'

// `npm run eval`: scores understanding over the cases of test/language, with the product's commands and the names of Contoso's catalog.
// Ends with 1 where a floor of test/eval/floors.json is not held.

async function evaluate({ paths, misses, json }: EvalOptions): Promise<number> {
  const cases = readCaseFiles(paths)
  const house = openEvalHouse(await discoverSkills(join(import.meta.dirname, '..', '..', 'skills')))
  const begun = performance.now()
  const verdicts = cases.map((one) => judge(one, house.hear(one), house.commands, house))
  const took = performance.now() - begun
  if (json) for (const verdict of verdicts) console.log(JSON.stringify(verdict))
  else console.log(sayReport(verdicts, readFloors()))
  if (misses) for (const verdict of verdicts.filter(isMiss)) console.log(sayMiss(verdict))
  if (!json) console.log(`${cases.length} cases in ${Math.round(took)} ms, learning included.`)
  const fallen = sayFallen(fallenBelow(verdicts, readFloors()))
  for (const sentence of fallen) console.error(sentence)
  return fallen.length ? 1 : 0
}

const isMiss = ({ one, came, effect, args }: Verdict): boolean =>
  one.set === 'tune' &&
  (one.command === null
    ? came === 'wrong'
    : !(came === 'right' || (came === 'asked' && effect === 'read')) || args.right < Math.max(args.said, args.given))

const sayMiss = ({ one, came, got, args }: Verdict): string =>
  `${came.padEnd(9)} ${one.command ?? one.kind} ← “${one.text}”${got === undefined ? '' : ` → ${got}`} [${args.right}/${args.said} args, ${args.given} given]`

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2))
  if (!options.readNames) return evaluate(options)
  const names = await readNames()
  writeFileSync(namesFile(), names.map((name) => `${JSON.stringify(name)}\n`).join(''))
  console.log(`${names.length} names are in ${namesFile()}.`)
  return 0
}

main().then(
  (code) => (process.exitCode = code),
  (error: Error) => {
    console.error(error.message)
    process.exitCode = 2
  },
)
