import type { Icon } from './icons.js'

/** A moment as an ISO 8601 string, such as `2026-11-20T02:18:00Z`. */
export type Instant = string

/** What a card's head says by colour: failing, careful, well, new or chosen, quiet. An icon and a word always say it too. */
export type State = 'attention' | 'warning' | 'good' | 'accent' | 'emphasis'

/**
 * A piece of a text that is more than its letters:
 * - `mention` and `id`: a person as a Teams mention; `id` is the Entra object id, or the channel's own id
 * - `time`: the time of day in the reader's own zone, with the day where it is more than 20 hours from now; `date`: the day alone
 * - `ago` "4 min ago", `since` "4 min", `until` "in 5 h 46": counted when the card is drawn
 * - `link` and `text`: a link, drawn only for https addresses and as plain text otherwise
 * - `strong`: emphasised
 */
export type Span =
  | string
  | { mention: string; id: string }
  | { time: Instant }
  | { date: Instant }
  | { ago: Instant }
  | { since: Instant }
  | { until: Instant }
  | { link: string; text: string }
  | { strong: string }

/** Words for people: a plain string (never markup, whoever wrote it) or spans that are joined as they stand. */
export type Text = string | Span[]

/** One labelled value, such as "Next: Lee Park from 08:00". */
export type Fact = { label: string; value: Text }

/**
 * Something to press. `id` is opaque: the server keeps the intent that belongs to it, so a card carries no command. `execute`
 * answers in place, `dialog` opens a dialog, `submit` sends the form of the dialog that it stands in, `open-url` follows an https address. A title is a verb with its object.
 */
export type Button =
  | {
      kind: 'execute' | 'dialog' | 'submit'
      title: string
      id: string
      style?: 'positive' | 'destructive' | undefined
      /** True where the card's form is not sent along and need not be filled in, such as "Cancel". */
      ignoresInputs?: boolean | undefined
    }
  | { kind: 'open-url'; title: string; url: string }

/**
 * A line of a list: icon, title, a smaller detail below, something short at the right, what tapping it does, and at most
 * two buttons of its own. `B` is what stands
 * for a button: one with an id where a card is drawn, and whatever whoever makes the card knows of it before that.
 */
export type Row<B = Button> = {
  icon?: Icon | undefined
  state?: State | undefined
  title: Text
  detail?: Text | undefined
  end?: Text | undefined
  select?: B | undefined
  buttons?: B[] | undefined
}

/** A row of a tree; `depth` 0 stands at the left, each level further right, drawn up to 6 deep. */
export type Node<B = Button> = Row<B> & { depth: number }

/** A column of a table: its heading, its share of the width (1 unless told) and which side its values stand. */
export type Column = { title: string; width?: number | undefined; align?: 'left' | 'right' | undefined }

/** A choice of a list: what people read, and what is sent. */
export type Choice = { title: string; value: string }

type Asked = { id: string; label: string; required?: boolean | undefined; error?: string | undefined }

/**
 * A question of a form. `id` is the name its answer comes back under; `error` is what to say where the answer is missing or wrong.
 * A choice with `search` asks the server for matches while a person types (the name of the data set to search).
 */
export type Input =
  | (Asked & {
      type: 'text'
      value?: string
      placeholder?: string
      lines?: boolean
      maxLength?: number
      pattern?: string
    })
  | (Asked & {
      type: 'choice'
      choices: Choice[]
      value?: string
      placeholder?: string
      many?: boolean
      search?: string
    })
  | (Asked & { type: 'date' | 'time'; value?: string; min?: string; max?: string })
  | (Asked & { type: 'number'; value?: number; min?: number; max?: number; placeholder?: string })
  | (Asked & { type: 'toggle'; value?: boolean })

/** What a section holds. */
export type Content<B = Button> =
  | { kind: 'text'; text: Text }
  | { kind: 'list'; items: Text[] }
  | { kind: 'facts'; facts: Fact[] }
  | { kind: 'rows'; rows: Row<B>[] }
  | { kind: 'tree'; nodes: Node<B>[] }
  | { kind: 'table'; columns: Column[]; rows: Text[][] }
  | { kind: 'form'; inputs: Input[] }

/**
 * A part of the body under a title. With `fold` its title is a toggle and the content starts open or closed. `total` is how many
 * there are where fewer are given, so that the card can say "and 12 more"; `more` is what tapping that does.
 */
export type Section<B = Button> = Content<B> & {
  title?: string | undefined
  fold?: 'open' | 'closed' | undefined
  total?: number | undefined
  more?: B | undefined
}

/** Where an answer comes from and how old it is; `silent` where the source does not answer now. */
export type Source = { name: string; asOf: Instant; silent?: boolean | undefined }

/** The last line: sources with their age, the typed query that ran (behind "Show query"), the id people can quote. */
export type Foot = { sources?: Source[] | undefined; query?: string | undefined; id?: string | undefined }

/**
 * Everything a card says, without how it looks. Every string is data: it is shown as it is and never read as markup, mention or
 * template. The same data becomes a card (`renderCard`) and lines of text (`renderText`).
 */
export type CardData<B = Button> = {
  state: State
  /** One line of a story, such as a reply below the card it is about: no head, the topic in small letters and then the sentence. */
  lean?: boolean | undefined
  /** Stands before the title; the state's own icon unless told. */
  icon?: Icon | undefined
  /** What this card is about in a word or two, small above the title: "On call", "Incident INC-131". */
  topic: string
  title: string
  /** The state in a word, with how long: "open 4 min". */
  status?: Text | undefined
  /** The one sentence that matters. */
  sentence?: Text | undefined
  /** At most six. */
  facts?: Fact[] | undefined
  sections?: Section<B>[] | undefined
  /** By whom and when it was settled, in place of the buttons. */
  decided?: Text | undefined
  /** The likeliest first. Four are seen, the rest is in the overflow menu. */
  buttons?: B[] | undefined
  foot?: Foot | undefined
  /** Asks the server for each of these people's own view (at most 60 are asked), by a stored intent's id. */
  refresh?: { id: string; people: string[] } | undefined
}
