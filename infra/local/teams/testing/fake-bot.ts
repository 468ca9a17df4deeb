import type { Activity, Json } from '../model.js'
import { listen, read, type Listening } from './listen.js'

/** What the bot answers to an activity. */
export interface BotAnswer {
  status: number
  body?: unknown
  delayMs?: number
}

/** A bot behind a real HTTP server: it keeps what it gets and answers as the test tells it. */
export class FakeBot {
  readonly activities: (Activity & { authorization?: string | undefined })[] = []
  readonly webhooks: { path: string; headers: Json; raw: string }[] = []
  answer: (activity: Activity) => BotAnswer | Promise<BotAnswer> = () => ({ status: 200 })
  answerWebhook: (path: string, raw: string) => BotAnswer = () => ({ status: 202 })
  #server: Listening | undefined

  get url(): string {
    return this.#server?.url ?? ''
  }

  async start(): Promise<this> {
    this.#server = await listen(async (request, response) => {
      const raw = (await read(request)).toString()
      const path = request.url ?? ''
      let answer: BotAnswer
      if (path === '/api/messages') {
        const activity = JSON.parse(raw) as Activity
        this.activities.push({ ...activity, authorization: request.headers.authorization })
        answer = await this.answer(activity)
      } else {
        this.webhooks.push({ path, headers: request.headers as Json, raw })
        answer = this.answerWebhook(path, raw)
      }
      if (answer.delayMs) await new Promise((done) => setTimeout(done, answer.delayMs))
      response.writeHead(answer.status, { 'content-type': 'application/json' })
      response.end(answer.body === undefined ? '' : JSON.stringify(answer.body))
    })
    return this
  }

  /** Waits until so many activities of a type have come; gives them. */
  async received(type: string, count = 1): Promise<Activity[]> {
    for (let turn = 0; turn < 200; turn++) {
      const found = this.activities.filter((activity) => activity.type === type)
      if (found.length >= count) return found
      await new Promise((done) => setTimeout(done, 10))
    }
    throw new Error(
      `the bot got ${this.activities.map(({ type: got }) => got).join(', ') || 'nothing'}, not ${count} ${type}`,
    )
  }

  close = (): Promise<void> | undefined => this.#server?.close()
}
