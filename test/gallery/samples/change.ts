import type { Reply } from '../../../skills/kit/reply.js'
import { playChanges, type ChangeWorld } from '../change-world.js'
import type { Sample } from '../sample.js'

const restart = 'restart checkout-web-stg'
const scale = 'scale vmss-orders-prd to 6'

/** A story that ends at the moment of the samples; `seconds` is how long it takes at least. */
const change = (
  name: string,
  shows: string,
  seconds: number,
  story: (world: ChangeWorld) => Promise<Reply>,
): Sample => ({ name: `change-${name}`, shows, reply: (contoso) => playChanges(contoso, seconds, story) })

/** Dana asks for a restart, Jonas approves it. */
async function restarted(world: ChangeWorld): Promise<string> {
  const id = await world.propose('dana', restart)
  await world.click('jonas', id, 'Approve restart')
  return id
}

/** Mateo asks for more instances, Jonas approves it. */
async function scaled(world: ChangeWorld): Promise<string> {
  const id = await world.propose('mateo', scale)
  await world.click('jonas', id, 'Approve scale')
  return id
}

const waiting = (name: string, shows: string, viewer: string) =>
  change(`waiting-${name}`, shows, 120, async (world) => {
    const id = await world.propose('dana', restart)
    await world.pass(120)
    return world.draw(id, viewer)
  })

/** A change in every state it can be in: one body, of which only head, sentence and buttons move. */
export const changes: readonly Sample[] = [
  waiting('everyone', 'What will happen, to what, and who must act; nobody’s buttons.', 'everyone'),
  waiting('approver', 'Whoever may approve it decides here.', 'jonas'),
  waiting('asker', 'Who asked for it may take it back.', 'dana'),
  change('waiting-production', 'A change of a number in production: from what to what.', 60, async (world) => {
    const id = await world.propose('mateo', scale)
    await world.pass(60)
    return world.draw(id, 'jonas')
  }),
  change('queued', 'Approved, before its first step.', 0, async (world) => world.draw(await restarted(world), 'dana')),
  change('running', 'How far it is, and how to end it.', 3, async (world) => {
    const id = await scaled(world)
    await world.pass(3)
    return world.draw(id, 'mateo')
  }),
  change('done', 'What is now, and how long it took.', 180, async (world) => {
    const id = await restarted(world)
    await world.pass(180)
    return world.draw(id)
  }),
  change('done-undo', 'Who may take it back has the button.', 600, async (world) => {
    const id = await scaled(world)
    await world.pass(600)
    return world.draw(id, 'mateo')
  }),
  change('rejected', 'By whom, when and why.', 120, async (world) => {
    const id = await world.propose('dana', restart)
    await world.click('jonas', id, 'Reject…', { reason: 'The load test runs until noon.' })
    await world.pass(120)
    return world.draw(id)
  }),
  change('void', 'What moved since it was approved, so that nothing was done.', 60, async (world) => {
    const id = await world.propose('mateo', scale)
    const other = await world.propose('jonas', 'scale vmss-orders-prd to 5')
    await world.click('noor', other, 'Approve scale')
    await world.pass(50)
    await world.click('jonas', id, 'Approve scale')
    await world.pass(10)
    return world.draw(id)
  }),
  change('expired', 'Nobody decided in time.', 35 * 60, async (world) => {
    const id = await world.propose('dana', restart)
    await world.pass(35 * 60)
    return world.draw(id, 'dana')
  }),
  change('withdrawn', 'Its asker took it back.', 60, async (world) => {
    const id = await world.propose('dana', restart)
    await world.click('dana', id, 'Withdraw request')
    await world.pass(60)
    return world.draw(id)
  }),
  change('failed', 'Azure refused it: why, and what to press.', 600, async (world) => {
    world.local.services.faults.add({ target: 'arm-operation', status: 409 })
    const id = await scaled(world)
    await world.pass(600)
    return world.draw(id, 'mateo')
  }),
  change('unknown', 'The answer was lost and nobody can say whether it was done.', 20 * 60, async (world) => {
    world.local.services.faults.add({ target: 'arm-answer' })
    const id = await restarted(world)
    await world.pass(5)
    world.local.services.faults.add({ target: 'arm', status: 503 })
    await world.pass(20 * 60 - 5, 300) // each time Azure is asked for it waits before it asks again
    return world.draw(id)
  }),
  {
    name: 'change-which',
    shows: 'Words that fit several things to restart: tap the one that is meant.',
    reply: (contoso) => playChanges(contoso, 0, ({ say }) => say('dana', 'restart checkout')),
  },
  {
    name: 'approvals',
    shows: 'What waits for the reader, and what they asked for themselves.',
    reply: (contoso) =>
      playChanges(contoso, 240, async (world) => {
        await world.propose('dana', restart)
        await world.pass(120)
        await world.propose('mateo', scale)
        await world.pass(120)
        return world.say('jonas', 'approvals')
      }),
  },
  {
    name: 'actions',
    shows: 'What can be done; a tap explains it.',
    reply: (contoso) => playChanges(contoso, 0, ({ say }) => say('dana', 'list actions')),
  },
  {
    name: 'actions-of-service',
    shows: 'What can be done to a service’s resources.',
    reply: (contoso) => playChanges(contoso, 0, ({ say }) => say('dana', 'what can I do on checkout-web-stg')),
  },
  {
    name: 'action',
    shows: 'One action, before it is asked for.',
    reply: (contoso) => playChanges(contoso, 0, ({ say }) => say('dana', 'show action web-app.restart')),
  },
  {
    name: 'action-preview',
    shows: 'What an action would find on a target; nothing is sent.',
    reply: (contoso) =>
      playChanges(contoso, 0, ({ say }) => say('dana', 'preview web-app.restart on checkout-web-stg')),
  },
  {
    name: 'audit',
    shows: 'Who did what to what, with which result; the chain is verified.',
    reply: (contoso) =>
      playChanges(contoso, 1800, async (world) => {
        await restarted(world)
        await world.pass(600)
        const id = await world.propose('mateo', scale)
        await world.click('jonas', id, 'Reject…', { reason: 'Not before the sale is over.' })
        await world.pass(1200)
        return world.say('jonas', 'audit log')
      }),
  },
  {
    name: 'control',
    shows: 'Nothing is stopped.',
    reply: (contoso) => playChanges(contoso, 0, ({ say }) => say('ruth', 'control')),
  },
  {
    name: 'control-stopped',
    shows: 'What is stopped, by whom, since when and why, and the way back.',
    reply: (contoso) =>
      playChanges(contoso, 900, async ({ say, pass }) => {
        await say('ruth', 'stop all changes because of the outage')
        await pass(900)
        return say('ruth', 'control')
      }),
  },
]
