import { expect, test } from '@jest/globals'
import { translatorOf } from '../../cards/tongues/translate.js'
import { askWhether, askWhich } from './ask-back.js'
import { entity, smallHub } from './testing/small-hub.js'

const intent = { command: 'incident.acknowledge', args: { incident: { kind: 'Incident', id: 'inc-7' } } }
const whether = askWhether({ outcome: 'confirm', intent, title: 'Ack INC-7' }, () => true)

test('whether something is meant is asked with all of it, and answered by one press of just that', () => {
  expect(whether).toMatchObject({ outcome: 'ask', command: intent.command, args: intent.args })
  expect(whether.reply.text).toMatch(/^Do you mean “Ack INC-7”\? .* Nothing is done yet\.$/)
  expect(whether.reply.card).toMatchObject({ topic: 'Question', title: 'Ack INC-7?' })
  expect(whether.reply.buttons).toEqual([{ title: 'Yes, that', intent }])
})

test('below it stands what may have been meant instead, of what the asker may use', () => {
  const instead = ['incident.show', 'audit.find'].map((command) => ({
    ...{ title: `About ${command}`, certainty: 0.1 },
    intent: { command, args: intent.args },
  }))
  const offers = (command: string) => command !== 'audit.find'
  const { reply } = askWhether({ outcome: 'confirm', intent, title: 'Ack INC-7', instead }, offers)
  expect(reply.card?.sections).toMatchObject([{ rows: [{ title: 'About incident.show' }] }])
})

test.each([
  ['de', 'Ist „Ack INC-7“ gemeint? Du hast es mit Worten gesagt,', 'Noch ist nichts getan.', 'Ja, das'],
  ['fr', "Voulez-vous dire « Ack INC-7 » ? Vous l'avez dit avec des mots", "Rien n'est encore fait.", 'Oui, cela'],
  ['es', '¿Quieres decir «Ack INC-7»? Lo dijiste con palabras', 'Todavía no se ha hecho nada.', 'Sí, eso'],
] as const)('it is asked in the language of the rest: %s', (tongue, asked, nothing, yes) => {
  const { text, card } = translatorOf(tongue, tongue)
  const said = text(whether.reply.text)
  expect(said).toMatch(new RegExp(`^${asked.replace(/[?¿]/g, '\\$&')}`))
  expect(said).toMatch(new RegExp(`${nothing}$`))
  const drawn = card({
    ...whether.reply.card!,
    sections: [],
    buttons: [{ kind: 'execute', title: whether.reply.buttons![0]!.title, id: 'b1' }],
  })
  expect([drawn.sentence, drawn.buttons![0]!.title]).toEqual([expect.stringContaining(nothing), yes])
})

test('of one thing it is asked whether it is meant, of several which, and what is gone is none of them', async () => {
  const there = [entity('Incident', 'inc-7'), entity('Incident', 'inc-8')]
  const small = smallHub({ skills: [], records: there })
  const catalog = await small.hub.catalogFor(small.caller())
  const option = (id: string) => ({ ref: { kind: 'Incident', id }, name: id, certainty: 1 })
  const ask = async (...ids: string[]) => {
    const { reply } = await askWhich(
      { outcome: 'choose', intent: { ...intent, args: {} }, argument: 'incident', options: ids.map(option) },
      catalog,
    )
    const rows = reply.card!.sections!.flatMap((section) => (section.kind === 'rows' ? section.rows : []))
    return { sentence: String(reply.card!.sentence), chosen: rows.map(({ select }) => select?.intent.args) }
  }
  expect(await ask('inc-7')).toEqual({
    sentence: 'Press it if that is meant.',
    chosen: [{ incident: { kind: 'Incident', id: 'inc-7' } }],
  })
  expect((await ask('inc-7', 'inc-8')).sentence).toMatch(/^2 things may be meant/)
  expect((await ask('inc-7', 'gone')).chosen).toHaveLength(1)
})
