import { activity } from '../channel/activities.js'
import type { TeamsContext } from '../context.js'
import type { Account, Place } from '../directory.js'
import { Refusal } from '../refusal.js'

/** Installing the app in teams and chats, and what the bot is told of it. */
export class Installs {
  constructor(private readonly context: TeamsContext) {}

  /** Installs; `consent` lets the app hear every message of the team's channels. False: it was there before. */
  add(place: Place, consent: boolean | undefined, by?: Account): boolean {
    const added = this.context.membership.add(place, consent)
    if (added) this.#announce(place, by, 'add')
    return added
  }

  /** Uninstalls; `block` is a person blocking the bot. */
  remove(place: Place, block: boolean, by?: Account): boolean {
    if (block && place.kind !== 'personal')
      throw new Refusal(409, 'Only a person can block the bot: `block` goes with a personal chat.')
    const removed = this.context.membership.remove(place, block)
    if (removed) this.#announce(place, by, 'remove')
    return removed
  }

  /** Tells the bot of installs that it has not heard of: those of the first start, once the bot listens. */
  announceAll(): void {
    for (const place of this.context.membership.takeUnannounced()) this.#announce(place, undefined, 'add')
  }

  #announce(place: Place, by: Account | undefined, action: 'add' | 'remove'): void {
    const { context } = this
    const person = by ?? context.membership.members(place)[0] ?? context.directory.accounts[0]
    if (!person) return
    const { bot } = context.directory
    const team = place.team !== undefined
    if (team || action === 'add') {
      const eventType = action === 'add' ? 'teamMemberAdded' : 'teamMemberRemoved'
      const own = {
        [action === 'add' ? 'membersAdded' : 'membersRemoved']: [{ id: bot.id }],
        ...(team ? { channelData: { eventType } } : {}),
      }
      context.bot.deliver(activity(context, { person, place }, 'conversationUpdate', own))
    }
    context.bot.deliver(activity(context, { person, place }, 'installationUpdate', { action }))
  }
}
