/** A conversation as people read it: what is said, pressed and answered, in order. */
export interface Conversation {
  title: string
  steps: Step[]
}

/** One thing somebody does, and what must come of it. */
export interface Step {
  /** Line of the file, counted from 1. */
  line: number
  does: Doing
  expects: Expectation[]
}

/** What somebody does. */
export type Doing =
  | { do: 'say'; as: string; where: string; text: string }
  /** A button of the answer that stands above, by its title. */
  | { do: 'click'; title: string; inputs: Record<string, string> }
  /** Time goes by before the next step. */
  | { do: 'wait'; minutes: number }

/** What an answer must be like. */
export type Expectation =
  | { line: number; must: 'hold' | 'lack'; words: string }
  | { line: number; must: 'offer' | 'withhold'; button: string }
  | { line: number; must: 'be-seen' | 'be-hidden'; by: string }

/** Thrown for a transcript that cannot be read; the message names the line. */
export class BadTranscript extends Error {}

/**
 * Reads a transcript. Headings of the second level name conversations, indented lines are the conversation, all else is prose:
 * - `dana · incidents> text` says a text somewhere: a channel, `chat` (with Nexus alone) or `terminal`
 * - `dana · thread> text` says it in the thread of what was answered above
 * - `(click: Title)` or `(click: Title; input = value)` presses a button of the answer above
 * - `(20 minutes later)` moves business time before what stands below
 * - `[Title] [Title]` are buttons that the answer must have; `not [Title]` it must not have
 * - `(lee sees it)`, `(lee does not see it)`
 * - `not: words` must not be in the answer; any other line must be, where `…` stands for whatever is between, and a line's end too
 * @throws BadTranscript
 */
export function parseTranscript(text: string): Conversation[] {
  const conversations: Conversation[] = []
  text.split('\n').forEach((raw, index) => {
    const line = index + 1
    const title = /^## (.+)$/.exec(raw)?.[1]
    if (title) conversations.push({ title, steps: [] })
    const content = /^ {4}(.*\S)\s*$/.exec(raw)?.[1]
    if (content === undefined) return
    const conversation = conversations.at(-1)
    if (!conversation) throw new BadTranscript(`line ${line}: a conversation needs a heading (## …) before it.`)
    const does = readDoing(content)
    if (does) return void conversation.steps.push({ line, does, expects: [] })
    const step = conversation.steps.at(-1)
    if (!step) throw new BadTranscript(`line ${line}: an answer needs something said before it.`)
    step.expects.push(...readExpectations(content, line))
  })
  const empty = conversations
    .flatMap(({ steps }) => steps)
    .find(({ does, expects }) => does.do !== 'wait' && !expects.length)
  if (empty) throw new BadTranscript(`line ${empty.line}: nothing is expected of the answer to this.`)
  return conversations
}

function readDoing(content: string): Doing | undefined {
  const said = /^(\w+) · ([\w-]+)> (.+)$/.exec(content)
  if (said) {
    const [, as, place, text] = said
    return { do: 'say', as: as!, where: place === 'chat' ? `personal/${as}` : place!, text: text! }
  }
  const minutes = /^\((\d+) minutes later\)$/.exec(content)?.[1]
  if (minutes !== undefined) return { do: 'wait', minutes: Number(minutes) }
  const pressed = /^\(click: ([^;]+?)((?:; \w+ = [^;]+)*)\)$/.exec(content)
  if (!pressed) return undefined
  const inputs = pressed[2]!
    .split('; ')
    .filter(Boolean)
    .map((input) => input.split(' = ') as [string, string])
  return { do: 'click', title: pressed[1]!, inputs: Object.fromEntries(inputs) }
}

function readExpectations(content: string, line: number): Expectation[] {
  const seen = /^\((\w+) (sees|does not see) it\)$/.exec(content)
  if (seen) return [{ line, must: seen[2] === 'sees' ? 'be-seen' : 'be-hidden', by: seen[1]! }]
  const [, not, list] = /^(not )?((?:\[[^\]]+\] ?)+)$/.exec(content) ?? []
  if (list)
    return [...list.matchAll(/\[([^\]]+)\]/g)].map(([, button]) => ({
      line,
      must: not ? 'withhold' : 'offer',
      button: button!,
    }))
  const lacking = /^not: (.+)$/.exec(content)?.[1]
  return [{ line, must: lacking ? 'lack' : 'hold', words: lacking ?? content }]
}

/** Whether an answer's words hold a line of a transcript, where `…` stands for whatever is between. */
export function holds(words: string, line: string): boolean {
  const pattern = line
    .split('…')
    .map((part) =>
      part
        .trim()
        .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
        .replace(/\s+/g, '\\s+'),
    )
    .join('[^]*?')
  return new RegExp(pattern, 'u').test(words)
}
