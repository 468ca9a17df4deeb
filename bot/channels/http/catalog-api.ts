import type { KindDeclaration } from '../../../skills/kit/catalog/kind-declaration.js'
import type { AuditEntry } from '../../../skills/kit/audit.js'
import { Fault } from '../../../skills/kit/errors.js'
import type { Instant, Person } from '../../../skills/kit/model.js'
import { permit, sayDecision } from '../../hub/access/permit.js'
import type { HttpAnswer, HttpRequest, HttpRoute, RawRequest } from './http-server.js'
import { largestPush, readPush, type Push } from './read-push.js'
import { Unauthorized, type TokenPerson } from './verify-user-token.js'

/** What came of a push. */
export interface PushReport {
  /** Entities that read otherwise now, and that nothing says any more. */
  written: number
  dropped: number
  /** Entities that the source has now. */
  entities: number
}

/** The sources whose entities are pushed. */
export interface PushDesk {
  /**
   * Takes in a push, all of it: what is taken in when a hub dies is ended by the next.
   * @param whole whether it is everything that the source has
   * @throws Fault Conflict while another push of the source is taken in
   */
  take(source: string, push: Push, whole: boolean): Promise<PushReport>
  /** How a source stands; undefined where nothing was ever pushed for it. */
  look(source: string): Promise<{ title: string; entities: number; asOf: Instant } | undefined>
}

/** What the addresses of pushed entities are made of. */
export interface CatalogApiParts {
  verifyUser(authorization: string | undefined): Promise<TokenPerson>
  personOf(person: TokenPerson): Person
  desk: PushDesk
  kinds(): readonly KindDeclaration[]
  /** Adds a line to the audit log. */
  write(entry: AuditEntry): Promise<void>
}

const sourceName = /^[a-z][a-z0-9-]{0,38}[a-z0-9]$/

/**
 * Entities that other systems push, each under the name of its source, for platform engineers:
 *
 * - `GET /api/catalog/sources/{source}`: how many it has, and since when
 * - `PUT /api/catalog/sources/{source}` `{title?, entities}`: this is all there is; what it had besides is gone
 * - `POST /api/catalog/sources/{source}/entities` `{title?, entities?, gone?}`: these are new or different, those are gone
 * - `DELETE /api/catalog/sources/{source}`: the source has nothing any more
 *
 * An entity is `{kind, id?, name, aliases?, props?, relations?: [{type, to: {kind, id}, why?}]}`, of a kind that is built in or of a blueprint.
 * A push has at most 1,000 entities and 1.5 MB. Either all of it is taken in or, with 400, none, and every mistake is named by its path.
 * Pushed twice it changes nothing.
 */
export function catalogApi(parts: CatalogApiParts): HttpRoute[] {
  type Handle<R> = (request: R, source: string, by: Person) => Promise<HttpAnswer>
  const permitted =
    <R extends Pick<HttpRequest, 'authorization' | 'params'>>(handle: Handle<R>) =>
    async (request: R): Promise<HttpAnswer> => {
      try {
        const person = parts.personOf(await parts.verifyUser(request.authorization))
        const decision = permit({
          person,
          use: { title: 'pushing entities to the catalog', role: 'platform-engineer' },
        })
        if (!decision.allowed) return refuse(403, 'NotAllowed', sayDecision(decision))
        const source = request.params?.source ?? ''
        if (!sourceName.test(source))
          return refuse(
            400,
            'BadRequest',
            'The name of a source has 2 to 40 lower-case letters, digits and hyphens, such as asset-inventory.',
          )
        return await handle(request, source, person)
      } catch (error) {
        if (error instanceof Unauthorized)
          return refuse(error.status, 'Unauthorized', 'Sign in first: this needs an Entra token for Nexus.')
        if (error instanceof Fault && error.code === 'Conflict')
          return refuse(409, 'Conflict', [error.message, error.wayOn].join(' ').trim())
        throw error
      }
    }
  const take =
    (whole: boolean): Handle<RawRequest> =>
    async ({ bytes }, source, by) => {
      const body = parseBody(bytes)
      if (body === undefined) return refuse(400, 'BadRequest', 'The body is no JSON in UTF-8.')
      const read = readPush(body, parts.kinds(), whole)
      if ('mistakes' in read) {
        const { mistakes, more } = read
        const count = mistakes.length + more
        return {
          status: 400,
          body: {
            error: {
              code: 'BadRequest',
              message: `Nothing was taken in: ${count === 1 ? 'there is a mistake' : `there are ${count} mistakes`}.`,
              mistakes,
              ...(more && { more }),
            },
          },
        }
      }
      const report = await parts.desk.take(source, read.push, whole)
      await audit(source, by, { ...report, whole })
      return { status: 200, body: { source, ...report } }
    }
  const audit = (source: string, by: Person, detail: Record<string, number | boolean>): Promise<void> =>
    parts.write({
      action: 'catalog.pushed',
      by: { id: by.id, objectId: by.objectId, name: by.name },
      detail: { source, ...detail },
    })
  const path = '/api/catalog/sources/:source'
  return [
    {
      method: 'GET',
      path,
      handle: permitted<HttpRequest>(async (_request, source) => {
        const found = await parts.desk.look(source)
        return found
          ? { status: 200, body: { source, ...found } }
          : refuse(404, 'NotFound', `Nothing was ever pushed for ${source}.`)
      }),
    },
    { method: 'PUT', path, largest: largestPush, raw: permitted(take(true)) },
    { method: 'POST', path: `${path}/entities`, largest: largestPush, raw: permitted(take(false)) },
    {
      method: 'DELETE',
      path,
      handle: permitted<HttpRequest>(async (_request, source, by) => {
        if (!(await parts.desk.look(source))) return refuse(404, 'NotFound', `Nothing was ever pushed for ${source}.`)
        const report = await parts.desk.take(source, { claims: [], gone: [] }, true)
        await audit(source, by, { ...report, whole: true })
        return { status: 200, body: { source, ...report } }
      }),
    },
  ]
}

/** JSON in UTF-8; undefined where it is none. */
function parseBody(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown
  } catch {
    return undefined
  }
}

const refuse = (status: number, code: string, message: string): HttpAnswer => ({
  status,
  body: { error: { code, message } },
})
