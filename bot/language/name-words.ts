import { usualEnvironment } from '../../skills/kit/environment-names.js'
import { readRegion } from '../../skills/kit/azure-regions.js'
import { keyOf } from './name-keys.js'

/** Words that stand for each other in names and in what people say of them, the first for all of them. */
const synonyms: readonly (readonly string[])[] = [
  ['database', 'db', 'databases', 'dbs'],
  ['postgres', 'pg', 'postgresql', 'psql'],
  ['kubernetes', 'k8s', 'kube', 'aks'],
  ['service', 'svc', 'services', 'microservice'],
  ['repository', 'repo'],
  ['application', 'app', 'apps'],
  ['machine', 'vm'],
  ['function', 'func', 'functions', 'fn'],
  ['gateway', 'gw'],
  ['frontend', 'fe'],
  ['backend', 'be'],
  ['vault', 'kv'],
  ['queue', 'mq'],
  ['network', 'vnet'],
  ['registry', 'acr', 'cr'],
  ['insights', 'appi', 'appinsights'],
  ['workspace', 'log', 'law'],
  ['group', 'rg'],
  ['disk', 'disks'],
  ['storage', 'st', 'stor', 'sa'],
  ['cosmos', 'cosmosdb'],
  ['balancer', 'lb'],
  ['certificate', 'cert'],
  ['notification', 'notifications', 'notif', 'notifs'],
  ['configuration', 'config', 'cfg'],
  ['infrastructure', 'infra'],
  ['management', 'mgmt'],
  ['monitoring', 'mon'],
  ['authentication', 'authn'],
]
const meant = new Map(synonyms.flatMap(([first, ...others]) => others.map((other) => [other, first!] as const)))

/** Words of two that are one: "west europe", "key vault". */
const joinedWords = new Map([
  ['virtual machine', 'machine'],
  ['app insights', 'insights'],
  ['front end', 'frontend'],
  ['back end', 'backend'],
  ['data base', 'database'],
  ['cosmos db', 'cosmos'],
])

/** Words that say nothing of which thing is meant. */
const empty = new Set(['the', 'a', 'an', 'our', 'that', 'of', 'in', 'on', 'for', 'from', 'at', 'called', 'named'])

/** What names have besides what they are of: the kind of a thing, as a word before or behind it. */
const ofKind = new Set(
  'database postgres kubernetes service repository application machine function gateway vault queue network registry insights workspace group disk storage cosmos api web team server cluster plan site sql redis cache bus namespace pip nsg nic id cae ca vmss snap func team pipeline'.split(
    ' ',
  ),
)

/** The one form of a word that all those have that stand for it: "pg" is postgres, "prod" production, "weu" westeurope. */
const canonical = (word: string): string => known(word).canonical

/** What is known of a word by itself. */
interface KnownWord {
  canonical: string
  isLeftOut: boolean
}

/** Words as they were worked out once; names have few of them, save for numbers. */
const worked = new Map<string, KnownWord>()
const mostWorked = 20_000
const number: KnownWord = { canonical: '', isLeftOut: true }

function known(word: string): KnownWord {
  if (/^\d+$/.test(word)) return { ...number, canonical: word }
  const before = worked.get(word)
  if (before) return before
  const place = usualEnvironment(word) ?? readRegion(word)
  const canonical = meant.get(word) ?? place ?? word
  const one = { canonical, isLeftOut: ofKind.has(canonical) || place !== undefined }
  if (worked.size >= mostWorked) worked.clear()
  worked.set(word, one)
  return one
}

/** The words of a name, or of what somebody calls it, in the one form in which they are compared. */
export const nameWords = (text: string): string[] => wordsOfKey(keyOf(text))

/** The words of a name that is a key already. */
export function wordsOfKey(key: string): string[] {
  const words = key.split(' ').filter((word) => word && !empty.has(word))
  const found: string[] = []
  for (let at = 0; at < words.length;) {
    const joined = joinedAt(words, at)
    found.push(joined?.word ?? canonical(words[at]!))
    at += joined?.width ?? 1
  }
  return found
}

/** What words that are one begin with. */
const begins = new Set([
  ...[...joinedWords.keys()].map((said) => said.split(' ')[0]!),
  ...'west east north south central southeast northcentral southcentral westcentral germany france sweden switzerland norway poland italy spain uk canada brazil japan korea australia uae'.split(
    ' ',
  ),
])

/** The one word that several at a place are: "east us 2" is a region. */
function joinedAt(words: readonly string[], at: number): { word: string; width: number } | undefined {
  if (!begins.has(words[at]!)) return undefined
  for (const width of [3, 2]) {
    if (at + width > words.length) continue
    const said = words.slice(at, at + width).join(' ')
    const word = joinedWords.get(said) ?? readRegion(said)
    if (word !== undefined) return { word, width }
  }
  return undefined
}

/** Whether a word of a name may be left out without another thing being meant: what kind it is, where it runs, its number. */
export const isLeftOut = (word: string): boolean => known(word).isLeftOut
