import type { OnCall, Rota } from '../../../skills/kit/ports.js'
import type { Reader } from './access.js'

/** The rotas whose schedule a reader may see. */
export function trimmedOnCall(onCall: OnCall, { maySee }: Pick<Reader, 'maySee'>): OnCall {
  const seen = (rotas: Rota[]) => rotas.filter(({ schedule }) => maySee(schedule).allowed)
  return {
    rotas: async (target, at) => seen(await onCall.rotas(target, at)),
    between: async (range, target) => seen(await onCall.between(range, target)),
  }
}
