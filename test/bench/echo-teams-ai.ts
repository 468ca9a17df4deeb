import { Application } from '@microsoft/teams-ai'
import { ActivityTypes, CloudAdapter, MemoryStorage } from 'botbuilder'
import { echoSettings, sdkAuthentication } from './echo/sdk-authentication.js'
import { serveEcho } from './echo/serve-echo.js'

// The least a teams-ai bot can be: an application with state in memory, which says again what it hears.
const app = new Application({ storage: new MemoryStorage() })
app.activity(ActivityTypes.Message, async (context) => {
  await context.sendActivity(`You said: ${context.activity.text}`)
})
serveEcho(new CloudAdapter(sdkAuthentication(echoSettings())), (context) => app.run(context).then(() => {}))
