import { text } from '../../../skills/kit/arguments.js'
import { defineSkill } from '../../../skills/kit/command.js'
import { badInput, conflict, notAllowed, notFound } from '../../../skills/kit/errors.js'
import type { Person } from '../../../skills/kit/model.js'
import type { Records } from '../../../skills/kit/records.js'
import type { Button, Reply } from '../../../skills/kit/reply.js'

/** A question that some decide: the least of a skill whose record shows each person another card. */
interface Ballot {
  question: string
  decided?: { by: string; how: string }
}

const voters = ['dana@contoso.com', 'lee@contoso.com']
const where = { team: 'identity', purpose: 'incidents' }
const phrases = (phrase: string) => Array.from({ length: 10 }, (_, n) => `${phrase}${' please'.repeat(n)}`)

async function ballotOf(records: Records, id: string) {
  const kept = await records.get<Ballot>({ partition: id, kind: 'ballot', id })
  if (!kept) throw notFound(`There is no ballot ${id}.`)
  return kept
}

async function decide(
  records: Records,
  id: string,
  person: Person,
  how: string,
): Promise<Reply & { undo: Button['intent'] }> {
  if (!voters.includes(person.id)) throw notAllowed('Only Dana and Lee decide this.')
  const kept = await ballotOf(records, id)
  if (kept.data.decided) throw conflict(`${kept.data.decided.by} has decided already.`)
  const content = { kind: 'Ballot', id }
  await records.commit(id, [
    { op: 'put', kind: 'ballot', id, data: { ...kept.data, decided: { by: person.name, how } }, ifMatch: kept.etag },
    { op: 'say', id: 'decided', message: { op: 'edit', key: 'root', to: where, content } },
  ])
  return { text: `You decided: ${how}.`, view: content, undo: { command: 'ballot.open', args: {} } }
}

/** A skill for tests of the way a card goes: posted unasked, seen by each in their own way, decided in a dialog. */
export const ballotSkill = defineSkill({
  name: 'ballot',
  summary: 'Asks a few people to decide.',
  uses: ['records', 'people'],
  commands: {
    open: {
      summary: 'Open a ballot',
      says: phrases('open ballot {question}'),
      args: { question: text('the question', 200) },
      effect: 'note',
      role: 'developer',
      async run({ question }, { records, id }) {
        const content = { kind: 'Ballot', id }
        await records.commit(id, [
          { op: 'put', kind: 'ballot', id, data: { question }, ifAbsent: true },
          { op: 'say', id: 'opened', message: { op: 'post', key: 'root', to: where, content } },
        ])
        return { text: 'The ballot is open.', undo: { command: 'ballot.open', args: {} } }
      },
    },
    accept: {
      summary: 'Accept it',
      says: phrases('accept ballot {ballot}'),
      args: { ballot: text('the ballot', 80) },
      effect: 'note',
      role: 'developer',
      run: ({ ballot }, { records, person }) => decide(records, ballot, person, 'accepted'),
    },
    reject: {
      summary: 'Reject it with a reason',
      says: phrases('reject ballot {ballot} because {reason}'),
      args: { ballot: text('the ballot', 80), reason: text('the reason', 200) },
      effect: 'note',
      role: 'developer',
      run({ ballot, reason }, { records, person }) {
        if (reason.length < 5) throw badInput('That reason is too short.', 'Say why in a few words.')
        return decide(records, ballot, person, `rejected, ${reason}`)
      },
    },
  },
  views: {
    async Ballot(id, viewer, { records, people }) {
      const { question, decided } = (await ballotOf(records, id)).data
      const found = await Promise.all(voters.map((voter) => people.get(voter)))
      const accept: Button = {
        title: 'Accept',
        style: 'positive',
        intent: { command: 'ballot.accept', args: { ballot: id } },
      }
      const form = { reason: text('the reason', 200) }
      const reject: Button = {
        title: 'Reject…',
        style: 'destructive',
        dialog: true,
        form,
        intent: { command: 'ballot.reject', args: { ballot: id } },
      }
      const votes = viewer !== 'everyone' && voters.includes(viewer.id) && !decided
      return {
        text: decided ? `${question}: ${decided.how}` : `${question}: Dana or Lee decides.`,
        card: {
          state: decided ? 'good' : 'warning',
          topic: 'Ballot',
          title: question,
          sentence: decided ? 'It is decided.' : 'Dana or Lee decides.',
          ...(decided && { decided: `${decided.by}: ${decided.how}` }),
        },
        ...(votes && { buttons: [accept, reject] }),
        personal: found.flatMap((person) => (person ? [person.objectId] : [])),
      }
    },
  },
})
