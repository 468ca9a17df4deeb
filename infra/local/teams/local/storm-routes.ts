import { z } from 'zod/v4'
import { ok, type Router } from '../../frame/router.js'
import { OrganisationError } from '../../organisation/problem.js'
import { StormRefused, type Storm } from '../../storm/storm.js'
import { Refusal } from '../refusal.js'

const Wish = z.strictObject({
  story: z.string().min(1).optional(),
  speed: z.number().min(0.1).max(100).optional(),
  fast: z.boolean().optional(),
})

const statuses = { absent: 404, busy: 409 } as const

/** Storms: `POST /local/storm` begins one, `GET` says how it stands, `DELETE` ends it. */
export function stormRoutes(router: Router, storm: Pick<Storm, 'start' | 'stop' | 'state'> | undefined): void {
  const there = () => {
    if (!storm) throw new Refusal(409, 'This tenant plays no storms.')
    return storm
  }
  router
    .get('/local/storm', () => ok(there().state))
    .post('/local/storm', async ({ body }) => {
      const wish = Wish.safeParse(body)
      if (!wish.success)
        throw new Refusal(400, 'A storm is {story?, speed?, fast?}: a name, a number from 0.1 to 100, true or false.')
      const { story, speed, fast } = wish.data
      try {
        return ok(
          await there().start({
            ...(story && { story }),
            ...(speed && { speed }),
            ...(fast !== undefined && { fast }),
          }),
        )
      } catch (error) {
        if (error instanceof StormRefused) throw new Refusal(statuses[error.kind], error.message)
        if (error instanceof OrganisationError) throw new Refusal(409, error.message)
        throw error
      }
    })
    .delete('/local/storm', async () => {
      await there().stop()
      return ok(there().state)
    })
}
