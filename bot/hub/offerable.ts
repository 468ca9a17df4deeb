import type { Node, Row } from '../../cards/model.js'
import type { Commands } from '../../skills/kit/ports.js'
import type { BodySection, Button, Reply } from '../../skills/kit/reply.js'

/** A reply without the buttons, its own and its rows', that lead to commands which do not exist or which this person may not use. */
export function offerable(reply: Reply, commands: Pick<Commands, 'offers'>): Reply {
  const may = ({ intent }: Button) => commands.offers(intent.command)
  const { card, buttons } = reply
  return {
    ...reply,
    ...(buttons && { buttons: buttons.filter(may) }),
    ...(card?.sections && {
      card: { ...card, sections: card.sections.map((section) => offerableSection(section, may)) },
    }),
  }
}

function offerableSection({ more, ...section }: BodySection, may: (button: Button) => boolean): BodySection {
  const leads = more && may(more) && { more }
  const row = <R extends Row<Button>>({ select, buttons, ...rest }: R) => ({
    ...rest,
    ...(select && may(select) && { select }),
    ...(buttons && { buttons: buttons.filter(may) }),
  })
  switch (section.kind) {
    case 'rows':
      return { ...section, ...leads, rows: section.rows.map(row) }
    case 'tree':
      return { ...section, ...leads, nodes: section.nodes.map(row) as Node<Button>[] }
    default:
      return { ...section, ...leads }
  }
}
