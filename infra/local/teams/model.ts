/** JSON as it came over the wire. */
export type Json = Record<string, unknown>

/** An activity as it goes to the bot. */
export type Activity = Json & { type: string; id: string }

/** An attachment of a message, as the Bot Framework's schema has it. */
export interface Attachment {
  contentType: string
  content?: unknown
  contentUrl?: string
  name?: string
}

/** What an activity of type `message` says, whoever sent it. */
export interface Content {
  text: string
  textFormat: 'plain' | 'markdown' | 'xml'
  attachments: Attachment[]
  entities: Json[]
  summary?: string
  importance?: string
  /** Buttons under the composer; Teams shows them in personal chats only. */
  suggested: { type: string; title: string; value?: unknown }[]
  /** Thumbs up and down are offered (`channelData.feedbackLoop`). */
  feedback: boolean
}

/** One message of a channel or chat. */
export interface Message {
  /** Milliseconds of the epoch as digits, unique in the tenant, as Teams numbers messages. */
  id: string
  /** Place it stands in: a channel's id or `personal/<person>`. */
  place: string
  /** Id of the message that opened the channel thread; absent for a thread's first message and in chats. */
  root?: string
  /** Id of the message that the bot's reply call named. */
  answers?: string
  /** Short id of the person, or `bot`. */
  from: string
  content: Content
  /** ISO instants in business time. */
  at: string
  editedAt?: string
  deletedAt?: string
  /** The one person who sees it, where it is a targeted message; gone after 24 hours. */
  targeted?: string
  /** Reaction → short ids of those who gave it. */
  reactions: Record<string, string[]>
  /** Grows with every edit; a person's own view of an earlier version no longer counts. */
  version: number
  /** Cards that single persons see instead of the base card. */
  views: Record<string, { card: Json; version: number }>
  /** Numbers of the feed: when it appeared, and when it last changed in which way. */
  created: number
  changed: number
  change: 'message' | 'edited' | 'deleted' | 'reaction'
}

/** Where the app is installed. */
export interface Install {
  /** The team's owner consented to the app hearing every message of the channels (RSC `ChannelMessage.Read.Group`). */
  consent: boolean
  removed?: boolean
  /** The bot was told of it. */
  announced?: boolean
  /** The person blocked the bot. */
  blocked?: boolean
}

/** A file that the bot uploaded. */
export interface Upload {
  type: string
  name: string
  originalBase64: string
  thumbnailBase64?: string
}

/** What the Teams half of the local tenant remembers between starts. */
export interface TeamsState {
  /** Number of the last change. */
  sequence: number
  /** Number of the last message id given out. */
  lastId: number
  messages: Message[]
  /** Install by team id, or `personal/<person>`. */
  installs: Record<string, Install>
  /** People who joined a team beyond its own members, by team key. */
  joined: Record<string, string[]>
  uploads: Record<string, Upload>
}
