// Not the package's index: it loads tokenizers and model clients that are not used, a tenth of the hub's start.
import { Application } from '@microsoft/teams-ai/lib/Application.js'
import { ActivityTypes, type Activity, type TurnContext } from 'botbuilder'
import type { JWTPayload } from 'jose'
import type { Ref } from '../../../skills/kit/model.js'
import type { Caller } from '../../hub/caller.js'
import type { Identity } from '../../identity.js'
import type { Rateable } from '../../../skills/kit/rateable.js'
import { answerCompose, composedIn } from './answer-compose.js'
import { answerFeedback, asksForThumbs } from './answer-feedback.js'
import { answerInvoke, type ChannelAnswer } from './answer-invoke.js'
import { BotAuthentication } from './bot-authentication.js'
import { HubAdapter } from './hub-adapter.js'
import { hubPlanner, useHubPlanner } from './hub-planner.js'
import type { CheckedActivity, Mention, ParsedActivity } from './parse-activity.js'
import { placeOf, spokenTo } from './place-of.js'
import { plainText } from './plain-text.js'
import { readUntrusted } from './read-untrusted.js'
import { refusalOf } from './refusal-of.js'
import { replyTo } from './reply-to.js'
import { createTurnSpeech, type Spoken } from './speak-in-turn.js'
import type { TeamsParts } from './teams-parts.js'
import { forgetfulStorage } from './turn-state.js'

/** Longest message that is looked at, in characters; Teams itself takes about 28 KB. */
const longestMessage = 100_000

/**
 * Milliseconds of a turn, from its message to the end of its answer: Teams sends a message again that is not answered within about 15 s,
 * and the answer may still have to be handed to the outbox.
 */
const turnTime = 13_000

/** The ear and mouth of Teams: one request in, one answer out. */
export interface TeamsChannel {
  receive(authorization: string | undefined, body: unknown): Promise<ChannelAnswer>
}

/** Builds the channel over botbuilder's adapter and teams-ai's application. */
export function createTeamsChannel(parts: TeamsParts): TeamsChannel {
  const authentication = new BotAuthentication(parts.connectorToken)
  const turns = new WeakMap<object, HeardTurn>()
  const adapter = new HubAdapter(authentication, (heard, answer) => say(turns.get(heard)!, answer))
  const speak = createTurnSpeech(parts.speech)
  const app = new Application({
    storage: forgetfulStorage,
    startTypingTimer: false,
    removeRecipientMention: false,
    ai: { planner: hubPlanner },
  })
  useHubPlanner(app, async (context) => answerMessage(context, turns.get(context.activity)!))

  return { receive }

  async function receive(authorization: string | undefined, body: unknown): Promise<ChannelAnswer> {
    try {
      // The token is bound to the activity's serviceUrl, so the body is read first; nothing is done with it before the token holds.
      const parsed = readUntrusted(body)
      const claims = await parts.verifyToken(authorization, parsed.bound)
      if (parsed.fault) throw parsed.fault
      return await accept(parsed.activity!, claims)
    } catch (error) {
      return refusalOf(error, parts.log)
    }
  }

  async function accept(parsed: ParsedActivity, claims: JWTPayload): Promise<ChannelAnswer> {
    const { activity, heard } = parsed
    if (heard.kind === 'ignored') return { status: 200 }
    if (heard.kind === 'installed' || heard.kind === 'uninstalled') {
      if (parts.serves(parsed.sender.tenantId)) await parts[heard.kind](activity)
      return { status: 200 }
    }
    // Where somebody writes a message Nexus need not be installed, so of that place nothing is kept.
    if (heard.kind === 'search' || heard.kind === 'link') {
      const person = await parts.personOf(parsed.sender)
      return answerCompose(heard, person && { person, place: composedIn(activity) }, parts)
    }
    if (parts.serves(parsed.sender.tenantId)) await parts.keepConversation(activity)
    if (heard.kind === 'team-changed') {
      if (parts.serves(parsed.sender.tenantId)) await parts.teamChanged(activity)
      return { status: 200 }
    }
    if (heard.kind === 'action' || heard.kind === 'dialog')
      return answerInvoke(heard, await callerOf(activity, parsed.sender, true), parts)
    if (heard.kind === 'feedback')
      return answerFeedback(heard.thumb, await callerOf(activity, parsed.sender, true), parts.rate)
    if (heard.kind === 'invoke')
      return {
        status: 400,
        body: { error: { code: 'NotSupported', message: `Nexus does not answer ${heard.name || 'this'}.` } },
      }
    const turn = await parts.beginTurn(activity)
    if (!turn) return { status: 200 }
    const sdkActivity = activity as unknown as Activity
    turns.set(sdkActivity, { parsed, deadline: parts.speech.ticks() + turnTime, said: 0 })
    try {
      await adapter.turn(authentication.accepted(claims), sdkActivity, (context) => app.run(context).then(() => {}))
    } catch (error) {
      await endTurn(turn, false)
      throw error
    }
    void endTurn(turn, true) // what was said is said: nobody waits for the mark
    return { status: 200 }
  }

  /** What was said is said: where the mark cannot be written, asking for the message again would answer it twice. */
  async function endTurn(turn: { end(answered: boolean): Promise<void> }, answered: boolean): Promise<void> {
    await turn.end(answered).catch((error: unknown) => parts.log({ what: 'teams.turn-not-closed', error }))
  }

  async function answerMessage(context: TurnContext, turn: HeardTurn): Promise<void> {
    const { activity, sender, heard } = turn.parsed
    if (heard.kind !== 'message') return
    const caller = await callerOf(activity, sender, heard.slash)
    const addressed = isAddressed(heard, activity)
    if (!caller && !addressed) return
    if (!caller)
      return void (await context.sendActivity({
        type: ActivityTypes.Message,
        text: 'Nexus does not serve your organisation yet. Ask your administrator to add it.',
      }))
    const { text, mentions } = plainText(heard.text.slice(0, longestMessage), heard.mentions, activity.recipient.id)
    const refs = await Promise.all(mentions.map(({ objectId }) => (objectId ? parts.refOf(objectId) : undefined)))
    // Teams puts in the command's name where it is picked from the list, without its slash.
    const words = heard.slash && text !== '' && !text.startsWith('/') ? `/${text}` : text
    const asker: Caller = {
      ...caller,
      // Whoever is mentioned and is in no directory is somebody all the same.
      mentions: addressed
        ? refs.filter((ref) => ref !== undefined)
        : mentions.map((one, at) => refs[at] ?? stranger(one)),
      ...(heard.answers !== undefined && { answers: heard.answers }),
    }
    const heardOut = addressed
      ? await parts.hear(words, asker)
      : await parts.overhear({ text: words, id: activity.id! }, asker)
    if (!heardOut) return
    const { reply, ...outcome } = heardOut
    // What is posted is on its way by the outbox: drawn here too, it would stand there twice. Whoever asked unseen is pointed to it.
    const aside = heard.slash && caller.place.kind !== 'personal'
    if (reply.posted && !aside) return
    const said = reply.posted ? { text: reply.text } : reply
    // Where nobody else reads along, what is for the asker alone is the whole answer.
    if (!(said.private && (aside || caller.place.kind === 'personal')))
      await context.sendActivity(
        asksForThumbs(await parts.draw({ ...outcome, reply: said }, caller, 'for-all'), outcome.rateable),
      )
    if (turn.message !== undefined && outcome.rateable)
      await keepRateable(caller.place.id, turn.message, outcome.rateable)
    if (said.private) await say(turn, await parts.draw({ ...outcome, reply: said.private }, caller, 'for-one'), true)
  }

  /**
   * Says one message of a turn, now or by the outbox.
   * @param alone whether the asker alone is to see it
   */
  async function say(turn: HeardTurn, answer: Partial<Activity>, alone = false): Promise<void> {
    const { activity, heard } = turn.parsed
    const where = spokenTo(activity)
    // A slash command in a channel or group was seen by its sender alone, and so is what comes of it.
    const unseen = alone || (heard.kind === 'message' && heard.slash)
    const targeted = unseen && placeOf(activity, true).kind !== 'personal'
    const connector = { token: parts.connectorToken, fetch: parts.fetch }
    const id = `${activity.conversation.id} ${activity.id} ${++turn.said}`
    const drawn = { activity: { ...answer }, headline: answer.summary ?? answer.text ?? '' }
    const spoken = await speak({
      id,
      ...where,
      ...(targeted && { only: activity.from.id }),
      drawn,
      deadline: turn.deadline,
      send: (patience) => replyTo(activity, answer, { targeted, patience }, connector),
    })
    logSpoken(spoken)
    if (spoken.is === 'said' && !alone) turn.message = spoken.activityId
    const { aadObjectId: person } = activity.from
    const refused = spoken.is !== 'said' && spoken.is !== 'handed-over'
    // Not every place takes targeted messages; what is for one person can always be said in their chat.
    if (alone && targeted && refused && person) await parts.speech.handOver({ id, to: { person }, drawn, wait: 0 })
  }

  /** An answer is given, whether or not a thumb on it can be kept. */
  async function keepRateable(conversation: string, message: string, rateable: Rateable): Promise<void> {
    await parts
      .rateable({ conversation, message }, rateable)
      .catch((error: unknown) => parts.log({ what: 'teams.not-rateable', error }))
  }

  /** Nobody will take what was refused for good: the turn is over all the same, and people who run Nexus read why. */
  function logSpoken(spoken: Spoken): void {
    if (spoken.is === 'handed-over') parts.log({ what: 'teams.answer-handed-over', detail: spoken.reason })
    else if (spoken.is !== 'said') parts.log({ what: 'teams.answer-refused', error: new Error(spoken.reason) })
  }

  async function callerOf(activity: CheckedActivity, sender: Identity, unseen: boolean): Promise<Caller | undefined> {
    const person = await parts.personOf(sender)
    const place = placeOf(activity, unseen)
    return person && { person, place, ...(unseen && place.kind !== 'personal' && { alone: true as const }) }
  }
}

/** Among several people Nexus is spoken to by its mention, or by a slash command; in a chat of one's own by whatever is said. */
const isAddressed = (
  { slash, mentions }: Extract<ParsedActivity['heard'], { kind: 'message' }>,
  { conversation, recipient }: CheckedActivity,
): boolean =>
  slash || conversation.conversationType !== 'channel' || mentions.some(({ accountId }) => accountId === recipient.id)

const stranger = ({ accountId }: Mention): Ref => ({ kind: 'Person', id: accountId })

/** A turn under way. */
interface HeardTurn {
  parsed: ParsedActivity
  /** When its answer must be out or handed over, by real time. */
  deadline: number
  /** Messages said so far. */
  said: number
  /** Activity id of the answer, once Teams has taken it. */
  message?: string
}
