import {
  approvalCard,
  brokenCard,
  confirmForm,
  decidedCard,
  incidentCard,
  onCallCard,
  rejectForm,
} from './sample-cards.js'

type Json = Record<string, unknown>

/** Where the bot speaks: it posts to a place, changes what it posted, and shows that it types. */
export interface Speaker {
  post(where: string, from: string, text: string, more?: Json): Json
  edit(message: Json, change: Json): void
  typing(where: string, replyTo: unknown): void
}

/** How long the bot thinks, so that "is typing" can be seen. */
const thinkingMs = 150

/** A small bot for tests of the page: it answers a few words with cards, buttons and dialogs. */
export class SampleBot {
  readonly commands = {
    team: [
      { title: 'on-call', description: 'Who carries the pager', triggers: ['mention', 'slash'] },
      { title: 'incidents', description: 'What is broken now', triggers: ['mention', 'slash'] },
    ],
    personal: [{ title: 'my stuff', description: 'What waits for me' }],
  }
  readonly #dialogs = new Map<string, { message: Json; reason?: string }>()

  constructor(private readonly service: Speaker) {}

  /** Answers in the thread of what was said. */
  hear(message: Json): void {
    const where = String(message['where'])
    const replyTo = where.startsWith('personal/') ? null : (message['replyTo'] ?? message['id'])
    this.service.typing(where, replyTo)
    setTimeout(() => {
      const { text, ...more } = this.#answerTo(String(message['text']), String((message['from'] as Json)['id']))
      this.service.post(where, 'bot', text, { replyTo, ...more })
    }, thinkingMs)
  }

  #answerTo(said: string, by: string): { text: string } & Json {
    if (/on.?call/i.test(said))
      return { text: '<at>Dana Ortiz</at> carries the pager for **auth**.', card: onCallCard('2030-11-20T07:00:00Z') }
    if (/restart/i.test(said)) return { text: 'Restart of checkout waits for approval.', card: approvalCard() }
    if (/incident/i.test(said)) return { text: 'INC-131 auth-api failing', card: incidentCard() }
    if (/broken/i.test(said)) return { text: 'A card:', card: brokenCard }
    if (/secret/i.test(said)) return { text: 'Between us: **42**.', targeted: true, only: by }
    if (/why/i.test(said))
      return {
        text: 'Because the token cache is full.',
        feedback: true,
        entities: [{ type: 'https://schema.org/Message', additionalType: ['AIGeneratedContent'] }],
      }
    return { text: `I heard “${said.replace(/@nexus/i, '').trim()}”. Try **on call** or \`restart\`.` }
  }

  click(message: Json, as: string, action: string, inputs: Json): Json {
    if (action === 'Approve restart') {
      const card = decidedCard(as, 'Approved')
      this.service.edit(message, { card })
      return { card }
    }
    if (action === 'Reject…') {
      const id = `dialog-${this.#dialogs.size + 1}`
      this.#dialogs.set(id, { message })
      return { dialog: { id, title: 'Reject restart', card: rejectForm() } }
    }
    if (action === 'Fail') return { error: 'The bot could not be reached. Try again. (502)' }
    return { message: `${action}: done${inputs['who'] ? ` for ${String(inputs['who'])}` : ''}.` }
  }

  submit(id: string, as: string, inputs: Json): Json {
    const dialog = this.#dialogs.get(id)
    if (!dialog) return { error: 'That dialog is closed.' }
    if (dialog.reason === undefined) {
      const next = `${id}-confirm`
      const reason = String(inputs['reason'])
      this.#dialogs.set(next, { ...dialog, reason })
      return { dialog: { id: next, title: 'Really?', card: confirmForm(reason) } }
    }
    this.service.edit(dialog.message, { card: decidedCard(`${as}: ${dialog.reason}`, 'Rejected') })
    return {}
  }

  search(query: string): Json {
    const all = [
      { title: 'auth-api', text: 'Service of Identity', card: onCallCard('2030-11-20T07:00:00Z') },
      { title: 'INC-131', text: 'auth-api failing', card: incidentCard() },
    ]
    return { results: all.filter(({ title }) => title.toLowerCase().includes(query.toLowerCase())) }
  }

  unfurl = (link: string): Json | undefined =>
    link.includes('portal.example')
      ? { results: [{ title: 'auth-api', text: '', card: onCallCard('2030-11-20T07:00:00Z') }] }
      : undefined
}
