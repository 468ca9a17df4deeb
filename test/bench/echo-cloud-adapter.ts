import { ActivityTypes, CloudAdapter } from 'botbuilder'
import { echoSettings, sdkAuthentication } from './echo/sdk-authentication.js'
import { serveEcho } from './echo/serve-echo.js'

// The least a Teams bot can be: botbuilder's adapter, which says again what it hears.
serveEcho(new CloudAdapter(sdkAuthentication(echoSettings())), async (context) => {
  if (context.activity.type === ActivityTypes.Message) await context.sendActivity(`You said: ${context.activity.text}`)
})
