import type { CloudAdapter, TurnContext } from 'botbuilder'
import { createServer, plugins, type Request, type Response } from 'restify'

/** Serves an adapter over restify as Microsoft's samples do, on a free port of loopback that the bench is told. */
export function serveEcho(adapter: CloudAdapter, turn: (context: TurnContext) => Promise<void>): void {
  const server = createServer()
  server.use(plugins.bodyParser())
  server.post('/api/messages', async (request: Request, response: Response) =>
    adapter.process(request as never, response, turn),
  )
  server.listen(0, '127.0.0.1', () => process.send?.({ port: server.address().port }))
  for (const event of ['SIGTERM', 'disconnect'] as const) process.once(event, () => process.exit(0))
}
