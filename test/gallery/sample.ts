import type { Reply } from '../../skills/kit/reply.js'
import type { Contoso } from './contoso.js'

/** A card to draw: `name` is the picture's, `shows` says what to look at, `reply` has Nexus say it. */
export interface Sample {
  name: string
  shows: string
  reply(contoso: Contoso): Promise<Reply>
}

/** A sample that is the answer to words: `says('on-call', 'Who and until when.', 'dana', "who's on call for auth")`. */
export const says = (name: string, shows: string, as: string, words: string): Sample => ({
  name,
  shows,
  reply: (contoso) => contoso.ask(as, words),
})
