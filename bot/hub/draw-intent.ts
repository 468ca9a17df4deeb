import type { Button, ViewRef } from '../../skills/kit/reply.js'

/** The command by which a card is drawn anew for whoever asks; it belongs to the hub, so no skill can have it. */
const command = 'hub.draw'

/** What a card's refresh is stored as: drawing a record again, for whoever looks. */
export const drawIntent = ({ kind, id }: ViewRef): Button => ({
  title: 'Show my view',
  intent: { command, args: { kind, id } },
})

/** The view that a stored button draws, or undefined for one that leads to a command. */
export function drawnView({ intent }: Button): ViewRef | undefined {
  const { kind, id } = intent.args
  return intent.command === command && typeof kind === 'string' && typeof id === 'string' ? { kind, id } : undefined
}
