import { ok, type Router } from '../../frame/router.js'
import type { Client } from '../client/client.js'
import { cardsFor } from '../client/seen.js'
import type { Account } from '../directory.js'
import type { Json } from '../model.js'
import { Refusal } from '../refusal.js'
import { inputsOf, required } from './read-request.js'

/** What people do. */
export function doingRoutes(router: Router, client: Client): void {
  const { people, speech, clicks, extensions, installs, refresher } = client
  const on = (path: string, act: (body: Json) => unknown): Router =>
    router.post(path, async ({ body }) => ok((await act(body as Json)) ?? {}))
  const onMessage = (body: Json) => {
    const person = people.account(body['as'])
    return { person, ...people.message(body['message'], person) }
  }
  const somewhere = (body: Json, person: Account) => people.place(body['where'] ?? `personal/${person.id}`, person)
  const click = async (body: Json) => {
    const action = required(body, 'action', 'the title of a button')
    const on = onMessage(body)
    // Whoever clicks has the message before them, in the view that is theirs.
    await refresher.whatIsSeen([on.message], on.person)
    return clicks.click({ ...on, action, index: Number(body['index'] ?? 0), inputs: inputsOf(body) })
  }

  on('/local/say', (body) => {
    const person = people.account(body['as'])
    const place = people.place(body['where'], person)
    const replyTo = body['replyTo'] == null ? undefined : people.message(body['replyTo'], person).message
    return speech.say({ person, place, text: body['text'] as string, cards: body['cards'], replyTo })
  })
  on('/local/click', click)
  on('/local/open', click)
  on('/local/submit', (body) => {
    const dialog = required(body, 'dialog', 'the id of an open dialog')
    const action = typeof body['action'] === 'string' ? body['action'] : undefined
    return clicks.submitDialog(people.account(body['as']), dialog, inputsOf(body), action)
  })
  on('/local/refresh', async (body) => {
    const { person, message } = onMessage(body)
    const outcome = await refresher.byHand(message, person)
    return { card: cardsFor(message, person.id).cards[0] ?? null, ...outcome }
  })
  on('/local/feedback', (body) => {
    const { person, place, message } = onMessage(body)
    return clicks.feedback(person, place, message, body['reaction'], body['text'])
  })
  on('/local/react', (body) => {
    const { person, place, message } = onMessage(body)
    speech.react(person, place, message, body['reaction'], body['remove'] === true)
  })
  on('/local/edit', (body) => {
    const { person, place, message } = onMessage(body)
    speech.edit(person, place, message, body['text'] as string)
  })
  on('/local/delete', (body) => {
    const { person, place, message } = onMessage(body)
    speech.remove(person, place, message)
  })
  on('/local/typing', (body) => {
    const person = people.account(body['as'])
    client.type(person, people.place(body['where'], person))
  })
  on('/local/search', (body) => {
    const person = people.account(body['as'])
    if (typeof body['query'] !== 'string')
      throw new Refusal(400, '`query` is what is searched for; empty lists the first results.')
    const skip = body['skip'] ?? 0
    if (!Number.isInteger(skip) || Number(skip) < 0)
      throw new Refusal(400, '`skip` is how many results are there already.')
    return extensions.search(person, somewhere(body, person), body['query'], Number(skip))
  })
  on('/local/unfurl', (body) => {
    const person = people.account(body['as'])
    return extensions.unfurl(person, somewhere(body, person), required(body, 'link', 'an address'))
  })
  on('/local/extension', (body) => {
    const person = people.account(body['as'])
    return extensions.open(person, somewhere(body, person), required(body, 'command', 'an action command of the app'))
  })
  on('/local/install', (body) => {
    const by = body['as'] === undefined ? undefined : people.account(body['as'])
    const consent = typeof body['consent'] === 'boolean' ? body['consent'] : undefined
    return { installed: true, changed: installs.add(people.anyPlace(body['where']), consent, by) }
  })
  on('/local/uninstall', (body) => {
    const by = body['as'] === undefined ? undefined : people.account(body['as'])
    return { installed: false, changed: installs.remove(people.anyPlace(body['where']), body['block'] === true, by) }
  })
}
