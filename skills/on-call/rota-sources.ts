import { sourceOf } from '../kit/answer.js'
import type { Rota } from '../kit/ports.js'
import type { Source } from '../kit/reply.js'

/** Where rotas come from, as the foot of a card names it: each source once, with its age. */
export const sourcesOf = (rotas: readonly Rota[], query: string): Source[] =>
  [...new Map(rotas.map(({ source }) => [source.source, source])).values()].flatMap((source) => sourceOf(source, query))
