import type { KindDeclaration } from '../../skills/kit/catalog/kind-declaration.js'
import type { Json, Kind, Ref } from '../../skills/kit/model.js'
import type { Intent } from '../../skills/kit/reply.js'
import type { Tongue } from '../../skills/kit/tongues.js'

/** An entity recognised in a text: where it stands, how sure, and what else it might have been. */
export interface Recognition {
  /** Name of the argument it fills, where it fills one. */
  argument?: string
  ref: Ref
  name: string
  /** Offsets into the text as it was understood (mentions and politeness removed). */
  span: { start: number; end: number }
  /** 0 to 1; 1 is an exact name or alias. */
  certainty: number
  /** Others within reach of the same words, likeliest first. */
  rivals: { ref: Ref; name: string; certainty: number }[]
}

/** A command offered instead of an answer. */
export interface Suggestion {
  intent: Intent
  /** How the button says it: "Who's on call for auth-api". */
  title: string
  /** 0 to 1. */
  certainty: number
}

/** What words came to. */
export type Understanding =
  /** One command with all it needs. */
  | {
      outcome: 'intent'
      intent: Intent
      /** The language it was said in, where that is not English; so of those below. */
      tongue?: Tongue
      via: 'slash' | 'phrase' | 'classifier' | 'follow-up'
      certainty: number
      recognised: Recognition[]
      /** Other commands that may have been meant where it is not sure that this one was, likeliest first. */
      instead?: Suggestion[]
    }
  /** One command, but an argument could be several things: asked with buttons. */
  | {
      outcome: 'choose'
      tongue?: Tongue
      intent: Intent
      argument: string
      options: { ref: Ref; name: string; certainty: number }[]
    }
  /** One command, but a name in it is unknown. */
  | {
      outcome: 'unknown-name'
      tongue?: Tongue
      command: string
      argument: string
      kinds: readonly Kind[]
      name: string
      near: { ref: Ref; name: string }[]
      args: Record<string, Json>
    }
  /** One command, but compulsory arguments are absent: asked in a form. */
  | { outcome: 'incomplete'; tongue?: Tongue; intent: Intent; missing: string[] }
  /**
   * One command and all that it needs, but not in words of its own: asked whether it is meant, and nothing is done before somebody says so. `instead` as
   * of an intent.
   */
  | { outcome: 'confirm'; tongue?: Tongue; intent: Intent; title: string; instead?: Suggestion[] }
  /**
   * No command for sure: the nearest, likeliest first, at most three. `declined` where it says not to do something: then they only read.
   * `offered` where it is plain but for a press, because its target was not named but spoken of before.
   */
  | { outcome: 'suggest'; suggestions: Suggestion[]; declined?: true; offered?: true }
  /**
   * Nothing to understand: empty, too long, no words. `reason` is a sentence. `understood` where the words are plain, and there is nothing
   * that could be done: no more pages.
   */
  | { outcome: 'none'; reason: string; tongue?: Tongue; understood?: true }

/** Who says something where, as far as understanding needs it. */
export interface Hearing {
  text: string
  tenant: string
  now: string
  /** IANA zone of the speaker. */
  zone: string
  locale: string
  /** Entities mentioned with @ by the speaker, in order, as catalog refs. */
  mentions: Ref[]
  /** The speaker as a catalog entity, for "me" and "my". */
  speaker: Ref
  /** Records that the thread, or the message that is answered, is about: an argument of their kind need not be said. None unless told. */
  subjects?: readonly Ref[]
  /** The speaker's teams, for "my team". None unless told. */
  teams?: readonly (Ref & { name: string })[]
  /** The kinds of the catalog, the organisation's own among them; those that are built in unless told. */
  kinds?: readonly KindDeclaration[]
  /** One for as long as this is understood: what is read of it once is kept by it, and goes with it. */
  reading?: object
}

/** A name of the catalog as the recogniser learns it. */
export interface NamedEntity extends Ref {
  name: string
  aliases: readonly string[]
  /** What people say of it beside its name: type, environment, region and tags tell things apart. */
  props?: Readonly<Record<string, Json>>
}
