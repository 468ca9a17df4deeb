import { limits } from '../../../cards/limits.js'
import type { CardData } from '../../../cards/model.js'
import type { Accounts, Roster } from './accounts.js'

/** What is pressed by those whom Teams does not ask by itself. */
export const ownView = 'Show my view'

/**
 * A card whose people are named as Teams names them (Microsoft, "User Specific Views": `refresh.userIds` are Teams' own ids, at most 60).
 * Where somebody is left out, because there are more or nobody knows their account, the card gets a button that does the same.
 * @param roster the conversation that the card is for
 * @param forOne the card answers one person, who has their own view before them and needs no button for it
 */
export async function addressRefresh(
  card: CardData,
  accounts: Pick<Accounts, 'find'>,
  roster: Roster | undefined,
  forOne = false,
): Promise<CardData> {
  const { refresh, ...bare } = card
  if (!refresh) return card
  const people = [...new Set(refresh.people)]
  const found = await accounts.find(people.slice(0, limits.refreshed), roster)
  const named = people.flatMap((person) => found.get(person) ?? [])
  const button = { kind: 'execute' as const, title: ownView, id: refresh.id, ignoresInputs: true }
  return {
    ...bare,
    ...(named.length && { refresh: { id: refresh.id, people: named } }),
    ...(named.length < people.length && !forOne && { buttons: [...(bare.buttons ?? []), button] }),
  }
}
