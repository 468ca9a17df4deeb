import type { WireEntry } from '../../frame/wire-entry.js'

/** JSON of any shape. */
export type Json = Record<string, unknown>

/** Somebody of the organisation, as `GET /local/people` gives them. */
export interface Person {
  id: string
  name: string
  roles: string[]
  team?: string | null
  teamName?: string | null
  /** IANA zone. */
  zone: string
  locale?: string
  title?: string
}

/** A channel or a chat with the bot, as `GET /local/places` gives it. */
export interface Place {
  id: string
  kind: 'channel' | 'personal'
  name: string
  /** Name of the channel's team. */
  team?: string | null
  /** The app is installed there; absent where the service does not say. */
  installed?: boolean
  /** The app gets every message of the team's channels (RSC `ChannelMessage.Read.Group`), which the team's owner granted. */
  consent?: boolean
}

/** Who wrote a message. */
export interface Author {
  id: string
  name: string
  bot: boolean
}

/** A message as the acting person sees it. */
export interface Message {
  id: string
  /** Id of the message that opened the thread; absent for that message itself and in chats. */
  replyTo?: string
  from: Author
  /** Text with `<at>Name</at>` or `@Name` around mentions. */
  text: string
  /** Marks such as `**` mean something; bots can say that theirs do not. */
  markdown: boolean
  cards: Json[]
  /** ISO instants. */
  at: string
  /** What a notification says of it, where it is a card. */
  summary?: string
  editedAt?: string
  deleted: boolean
  /** Only this person sees it. */
  private: boolean
  /** Written by a model, with its citations. */
  ai?: { citations: { title: string; url?: string }[] }
  /** The bot can be asked for the person's view of the card again. */
  refreshable: boolean
  /** Thumbs up and down are asked for. */
  feedback: boolean
  importance?: string
  /** Buttons under the composer, by title. */
  suggested: string[]
  /** People's ids by reaction (`like`, `heart` …). */
  reactions: Record<string, string[]>
}

/** What a click or a submitted dialog came back with. */
export interface Outcome {
  card?: Json
  message?: string
  dialog?: Dialog
  url?: string
  error?: string
}

/** A dialog the bot opened. */
export interface Dialog {
  id: string
  title: string
  card: Json
  /** Pixels or `small`, `medium`, `large`. */
  height?: number | string
  width?: number | string
}

/** One thing the message extension found. */
export interface SearchResult {
  title: string
  text: string
  card: Json | null
}

/** A command the compose box offers. */
export interface Command {
  title: string
  description: string
  /** After what it is offered (`slash`, `mention`); absent: always. */
  triggers?: string[]
}

/** What the event stream tells. */
export type ServerEvent =
  | { kind: 'message' | 'edited' | 'reaction'; where: string; message: Message | undefined }
  | { kind: 'deleted'; where: string; id: string | undefined }
  | { kind: 'typing'; where: string; from: string; replyTo?: string }
  | { kind: 'wire'; entry: WireEntry | undefined }

/** Whether a value is a JSON object. */
export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const list = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isObject) : [])
const text = (value: unknown): string | undefined => (typeof value === 'string' && value ? value : undefined)

/** Reads a message as the service sends it; `nameOf` gives the name where it names the author by id alone. */
export function readMessage(raw: Json, nameOf: (id: string) => string): Message {
  const from = raw['from']
  const id = isObject(from) ? String(from['id']) : String(from)
  const bot = isObject(from) ? from['bot'] === true : id === 'nexus'
  const cards = list(raw['cards'])
  const entities = list(raw['entities'])
  const replyTo = text(raw['replyTo'])
  const editedAt = text(raw['editedAt'])
  const importance = text(raw['importance'])
  const summary = text(raw['summary'])
  const citations = citationsOf(entities)
  return {
    id: String(raw['id']),
    ...(replyTo ? { replyTo } : {}),
    from: { id, bot, name: (isObject(from) && text(from['name'])) || nameOf(id) },
    text: cards.length && text(raw['text']) === summary ? '' : (text(raw['text']) ?? ''),
    ...(summary ? { summary } : {}),
    markdown: !bot || raw['textFormat'] !== 'plain',
    cards: cards.length ? cards : isObject(raw['card']) ? [raw['card']] : [],
    at: String(raw['at']),
    ...(editedAt ? { editedAt } : {}),
    deleted: raw['deleted'] === true,
    private: raw['targeted'] === true || Boolean(raw['private']),
    ...(citations ? { ai: { citations } } : raw['ai'] ? { ai: { citations: [] } } : {}),
    refreshable: raw['refreshable'] === true,
    feedback: raw['feedback'] === true || Boolean(raw['ai']),
    ...(importance ? { importance } : {}),
    suggested: list(raw['suggested']).map((button) => String(button['title'])),
    reactions: Object.fromEntries(
      list(raw['reactions']).map((one) => [String(one['reaction']), (one['people'] as string[] | undefined) ?? []]),
    ),
  }
}

/** Citations of a message that carries the "AI generated" label; undefined where it does not. */
function citationsOf(entities: Json[]): { title: string; url?: string }[] | undefined {
  const labelled = entities.find(
    ({ type, additionalType }) =>
      type === 'https://schema.org/Message' &&
      Array.isArray(additionalType) &&
      additionalType.includes('AIGeneratedContent'),
  )
  if (!labelled) return undefined
  return list(labelled['citation']).map(({ appearance }) => {
    const { name, url } = isObject(appearance) ? appearance : ({} as Json)
    return { title: String(name ?? ''), ...(typeof url === 'string' ? { url } : {}) }
  })
}
