import type { Instant, Ref } from '../kit/model.js'
import type { Rota } from '../kit/ports.js'
import { shiftsAt } from './say-person.js'

/** Whether a rota can be asked about a moment: nobody's shift at it is a gap then. */
export const isKnown = ({ known }: Rota, at: Instant): boolean => known.from <= at && at < known.to

/**
 * The first rota of each source, where two sources that know of the moment name different people for it, or one names somebody and the other
 * nobody. A team's rota for some of its services only says nothing of the team. Several rotas of one source are its levels, such as primary and secondary, and no disagreement.
 */
export function disagreementOf(target: Ref, rotas: readonly Rota[], at: Instant): Rota[] | undefined {
  const whole = rotas.filter(({ schedule }) => target.kind === 'Service' || !schedule.props.services)
  const first = whole.filter(
    (rota, index) => whole.findIndex(({ source }) => source.source === rota.source.source) === index,
  )
  const said = first.filter((rota) => isKnown(rota, at)).map((rota) => shiftsAt(rota, at).now?.person.id)
  return new Set(said).size > 1 ? first : undefined
}
