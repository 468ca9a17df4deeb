import { isObject } from '../card-check.js'
import { activity } from '../channel/activities.js'
import type { TeamsContext } from '../context.js'
import type { Account, Place } from '../directory.js'
import type { Json } from '../model.js'
import { Refusal } from '../refusal.js'
import { answerFault, type Outcome } from './card-invokes.js'
import type { Dialogs } from './dialogs.js'

/** What a message extension found. */
export interface ExtensionAnswer {
  results: { title: string; text: string; card: Json | null }[]
  /** A sentence in place of results. */
  message?: string
  error?: string
}

/** The app's message extension: search, link previews and action commands. */
export class Extensions {
  constructor(
    private readonly context: TeamsContext,
    private readonly dialogs: Dialogs,
  ) {}

  /** @param skip how many results are there already, where somebody scrolls on */
  search(person: Account, place: Place, query: string, skip = 0): Promise<ExtensionAnswer> {
    const commandId = this.context.manifest.extensionCommand('query') ?? 'search'
    const name = this.context.manifest.searchParameter() ?? 'query'
    const parameters = [query ? { name, value: query } : { name: 'initialRun', value: 'true' }]
    const value = { commandId, parameters, queryOptions: { skip, count: 25 } }
    return this.#ask(person, place, 'composeExtension/query', value)
  }

  /** Asks for the preview of a link, where the manifest names its domain. */
  unfurl(person: Account, place: Place, link: string): Promise<ExtensionAnswer> {
    if (!URL.canParse(link))
      throw new Refusal(400, '`link` is an address such as https://portal.example/services/auth.')
    const { hostname } = new URL(link)
    const domains = this.context.manifest.linkDomains()
    if (!domains.some((domain) => covers(domain, hostname)))
      throw new Refusal(
        409,
        `Teams asks the app only about links of ${domains.join(', ') || 'no domain'}, which its manifest names.`,
      )
    return this.#ask(person, place, 'composeExtension/queryLink', { url: link })
  }

  /** Opens the dialog of an action command. */
  async open(person: Account, place: Place, command: string): Promise<Outcome> {
    const commandId = this.context.manifest.extensionCommand('action', command)
    if (!commandId) throw new Refusal(404, `The app's manifest has no action command '${command}'.`)
    const ask = (name: string, data: Json) =>
      this.context.bot.invoke(
        activity(this.context, { person, place }, 'invoke', {
          name,
          value: { commandId, commandContext: 'compose', data, context: { theme: 'default' } },
        }),
      )
    const answer = await ask('composeExtension/fetchTask', {})
    return this.dialogs.answer(answer, person, (data) => ask('composeExtension/submitAction', data))
  }

  async #ask(person: Account, place: Place, name: string, value: Json): Promise<ExtensionAnswer> {
    const answer = await this.context.bot.invoke(activity(this.context, { person, place }, 'invoke', { name, value }))
    const error = answerFault(answer)
    if (error) return { results: [], error }
    const composed = isObject(answer.body) ? answer.body['composeExtension'] : undefined
    if (!isObject(composed)) return { results: [] }
    if (composed['type'] === 'message') return { results: [], message: String(composed['text'] ?? '') }
    const attachments = Array.isArray(composed['attachments']) ? composed['attachments'].filter(isObject) : []
    return { results: attachments.map(result) }
  }
}

/** A result is listed by its preview; the card is what goes into the message. */
function result(attachment: Json): ExtensionAnswer['results'][number] {
  const content = isObject(attachment['content']) ? attachment['content'] : {}
  const preview =
    isObject(attachment['preview']) && isObject(attachment['preview']['content'])
      ? attachment['preview']['content']
      : content
  const card = content['type'] === 'AdaptiveCard' ? content : null
  return { title: String(preview['title'] ?? ''), text: String(preview['text'] ?? preview['subtitle'] ?? ''), card }
}

/** A wildcard stands for exactly one label of a host. */
function covers(domain: string, host: string): boolean {
  const [labels, named] = [domain.split('.'), host.split('.')]
  return labels.length === named.length && labels.every((label, index) => label === '*' || label === named[index])
}
