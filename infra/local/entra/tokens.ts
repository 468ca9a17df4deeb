import { createHash, randomUUID } from 'node:crypto'
import { errors, jwtVerify, SignJWT, type JWTPayload } from 'jose'
import type { TokenClaims } from '../frame/services.js'
import type { SigningKey } from '../keys.js'
import type { Organisation } from '../organisation/model.js'
import { personObjectId, servicePrincipalId, upnOf } from '../organisation/object-ids.js'
import type { Application, Resource } from './registrations.js'

/** Whom a token stands for, and who asked. */
export interface Grant {
  application: Application
  /** How the application proved itself: `0` not at all, `1` by secret, `2` by assertion. */
  proof: '0' | '1' | '2'
  resource: Resource
  tenant: string
  /** The person acted for; absent, the application acts for itself. */
  person?: Organisation['people'][number]
  permissions: string[]
}

/** Seconds. Entra's vary from 60 to 90 minutes. */
export const lifetime = 3599
const refreshLifetime = 90 * 24 * 3600

/** Issues and checks the tokens of the local Entra. They go by the machine's time, whatever business time says. */
export class Tokens {
  /** Tokens that were checked, so that a client's many requests cost one signature check. */
  readonly #checked = new Map<string, JWTPayload>()

  constructor(
    private readonly org: Organisation,
    private readonly base: string,
    private readonly key: SigningKey,
  ) {}

  /** Issuers as the metadata documents give them. */
  issuer(version: '1.0' | '2.0', tenant: string): string {
    return version === '2.0' ? `${this.base}/${tenant}/v2.0` : `https://sts.windows.net/${tenant}/`
  }

  access(grant: Grant): Promise<string> {
    const { application, person, resource, tenant, proof, permissions } = grant
    const v2 = resource.version === '2.0'
    const subject = person ? personObjectId(this.org, person.id) : servicePrincipalId(this.org, application.id)
    return this.#sign(
      {
        aud: resource.audience,
        iss: this.issuer(resource.version, tenant),
        ...(v2 ? { azp: application.id, azpacr: proof } : { appid: application.id, appidacr: proof }),
        idtyp: person ? 'user' : 'app',
        oid: subject,
        ...(!person && application.roles?.[resource.audience] && { roles: application.roles[resource.audience] }),
        sub: person ? pairwise(subject, application.id) : subject,
        tid: tenant,
        ...(person && { ...this.#names(person, v2), scp: permissions.map(granted).join(' '), amr: ['pwd'] }),
        ver: resource.version,
      },
      lifetime,
    )
  }

  id({ application, person, tenant }: Grant, nonce?: string): Promise<string> {
    const subject = personObjectId(this.org, person!.id)
    return this.#sign(
      {
        aud: application.id,
        iss: this.issuer('2.0', tenant),
        oid: subject,
        sub: pairwise(subject, application.id),
        tid: tenant,
        ...this.#names(person!, true),
        ...(nonce && { nonce }),
        ver: '2.0',
      },
      lifetime,
    )
  }

  /** Opaque to clients; here it carries its own state, so that it outlives a restart. */
  refresh({ application, person, tenant }: Grant): Promise<string> {
    const claims = { aud: `refresh:${application.id}`, iss: this.base, person: person!.id, tid: tenant }
    return this.#sign(claims, refreshLifetime)
  }

  /** @returns undefined where the token is not one of this application's; `expired` where it was. */
  async readRefresh(token: string, application: Application): Promise<{ person: string } | 'expired' | undefined> {
    const claims = await this.check(token, `refresh:${application.id}`)
    return typeof claims === 'object' ? { person: String(claims.person) } : claims
  }

  /** The claims of a token of ours, whatever its resource; `expired` for one whose time is over. */
  async check(token: string, audience: string): Promise<JWTPayload | 'expired' | undefined> {
    const kept = this.#checked.get(token)
    if (kept && kept.aud === audience && kept.exp! * 1000 > Date.now()) return kept
    try {
      const { payload } = await jwtVerify(token, this.key.publicKey, { audience, algorithms: ['RS256'] })
      if (this.#checked.size >= 1000) this.#checked.clear()
      this.#checked.set(token, payload)
      return payload
    } catch (error) {
      return error instanceof errors.JWTExpired ? 'expired' : undefined
    }
  }

  /** As `Services.verifyToken`. */
  verify = async (authorization: string | undefined, audience: string): Promise<TokenClaims | undefined> => {
    const [, token] = /^Bearer +(\S+)$/i.exec(authorization ?? '') ?? []
    const claims = token ? await this.check(token, audience) : undefined
    if (typeof claims !== 'object' || !claims.idtyp) return undefined // an id token is for its client's eyes only
    const { tid, oid, appid, azp, idtyp } = claims as Record<string, string>
    const own = { tid: tid!, oid: oid!, appid: (appid ?? azp)!, idtyp: idtyp as TokenClaims['idtyp'] }
    return Array.isArray(claims.roles) ? { ...own, roles: claims.roles as string[] } : own
  }

  #names(person: Organisation['people'][number], v2: boolean): JWTPayload {
    const upn = upnOf(this.org, person.id)
    const [given, ...family] = person.name.split(' ')
    if (v2) return { name: person.name, preferred_username: upn, email: upn }
    return { name: person.name, upn, unique_name: upn, given_name: given, family_name: family.join(' ') }
  }

  #sign(claims: JWTPayload, seconds: number): Promise<string> {
    const now = Math.floor(Date.now() / 1000)
    return new SignJWT({ ...claims, iat: now, nbf: now, exp: now + seconds, uti: randomUUID() })
      .setProtectedHeader({ typ: 'JWT', alg: 'RS256', kid: this.key.kid, x5t: this.key.kid })
      .sign(this.key.privateKey)
  }
}

/** A person's `sub` differs from application to application. */
const pairwise = (subject: string, application: string): string =>
  createHash('sha256').update(`${subject}/${application}`).digest('base64url')

/** `.default` stands for what was consented to. */
const granted = (permission: string): string => (permission === '.default' ? 'access_as_user' : permission)
