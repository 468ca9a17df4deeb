import { playChanges, type ChangeWorld } from '../change-world.js'
import type { Reply } from '../../../skills/kit/reply.js'
import { says, type Sample } from '../sample.js'

const runbook = "checkout's runbook is https://wiki.contoso.com/runbooks/checkout"

/**
 * Stories about code are played one after the other: Octokit shares a token that is being fetched among all its clients of one installation,
 * whichever server they ask, and each story has a server of its own.
 */
let played: Promise<unknown> = Promise.resolve()

/** A story about what people say of things; `seconds` is how long it takes. */
const enriching = (
  name: string,
  shows: string,
  seconds: number,
  story: (world: ChangeWorld) => Promise<Reply>,
): Sample => ({
  name: `enrich-${name}`,
  shows,
  reply(contoso) {
    const reply = played.then(() => playChanges(contoso, seconds, story, true))
    played = reply.catch(() => undefined)
    return reply
  },
})

/** Dana says where the runbook is, and Lee approves that it is proposed. */
async function proposed(world: ChangeWorld): Promise<string> {
  const id = await world.propose('dana', runbook)
  await world.pass(60)
  await world.click('lee', id, 'Approve change')
  await world.pass(60)
  return id
}

/** What people say of things, from the form to the pull request and back. */
export const enrichment: readonly Sample[] = [
  says('enrich-form', 'What is to be said of it, asked for.', 'dana', 'enrich checkout-web'),
  enriching('waiting', 'Which file will say it, and who must act.', 60, async (world) => {
    const id = await world.propose('dana', runbook)
    await world.pass(60)
    return world.draw(id, 'lee')
  }),
  enriching('owner', 'What no repository declares gets a file in the settings.', 60, async (world) => {
    const id = await world.propose('dana', 'team of st123 is atlas')
    await world.pass(60)
    return world.draw(id, 'dana')
  }),
  enriching('done', 'The pull request, a tap away; who asked may take it back.', 180, async (world) => {
    const id = await proposed(world)
    await world.pass(60)
    return world.draw(id, 'dana')
  }),
  enriching('undoing', 'The way back is asked for: it closes the pull request.', 180, async (world) => {
    const back = await world.undo('dana', await proposed(world))
    await world.pass(60)
    return world.draw(back, 'lee')
  }),
  enriching('undone', 'What was taken back, and by which change.', 240, async (world) => {
    const id = await proposed(world)
    const back = await world.undo('dana', id)
    await world.pass(60)
    await world.click('lee', back, 'Approve close')
    await world.pass(60)
    return world.draw(back, 'dana')
  }),
]
