import { ActivityTypes, CloudAdapter, type Activity, type ResourceResponse, type TurnContext } from 'botbuilder'
import type { AuthenticateRequestResult } from 'botframework-connector'
import type { BotAuthentication } from './bot-authentication.js'

/** The SDK's adapter, entered with a request whose token was checked before, and speaking by calls of our own. */
export class HubAdapter extends CloudAdapter {
  constructor(
    authentication: BotAuthentication,
    private readonly say: (heard: Activity, answer: Partial<Activity>) => Promise<void>,
  ) {
    super(authentication)
  }

  /** The SDK's client would hide `Retry-After` and knows no targeted messages. */
  override async sendActivities(context: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    const responses: ResourceResponse[] = []
    for (const activity of activities)
      if (activity.type === ActivityTypes.Message) {
        await this.say(context.activity, activity)
        responses.push({ id: '' })
      } else responses.push(...(await super.sendActivities(context, [activity])))
    return responses
  }

  turn(accepted: AuthenticateRequestResult, activity: Activity, logic: (context: TurnContext) => Promise<void>) {
    return this.processActivity(accepted, activity, logic)
  }
}
