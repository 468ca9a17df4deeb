import { readFileSync } from 'node:fs'
import { request } from 'node:https'
import { z } from 'zod/v4'

/** How a terminal reaches a hub and signs people in; whoever runs a hub writes it to `terminal.json` in its data folder. */
export const Profile = z.object({
  /** Address of the hub. */
  hub: z.url(),
  /** Entra's authority host, tenant, the terminal's public client, and the scope of the hub's API. */
  authority: z.url(),
  tenant: z.string(),
  client: z.string(),
  scope: z.string(),
  /** Certificate authority of the hub's Entra, PEM file; absent where the machine's own suffice. */
  caFile: z.string().optional(),
  /** Where the directory allows signing in with a password, as a test tenant may: the password, what a short name is completed
   * with, somebody to look as where it matters not who, and an Admin. */
  password: z.object({ domain: z.string(), value: z.string(), reader: z.string(), admin: z.string() }).optional(),
  /** Where the audit log's key (PEM, or a file of it) and anchors are, for verifying without a hub. */
  audit: z.object({ key: z.string(), anchors: z.string() }).optional(),
})
export type Profile = z.output<typeof Profile>

/** Thrown where nobody can be signed in; the message says what to do. */
export class SignInFailed extends Error {}

/** A person's token for the hub: by password where the profile has one, else by device code, which is printed by `tell`. */
export async function signIn(
  profile: Profile,
  person: string | undefined,
  tell: (line: string) => void,
): Promise<string> {
  const { password } = profile
  if (password && person) {
    const username = person.includes('@') ? person : `${person}@${password.domain}`
    const answer = await post(profile, 'token', {
      grant_type: 'password',
      username,
      password: password.value,
      scope: profile.scope,
    })
    if (String(answer.error_description).startsWith(unknownUser))
      throw new SignInFailed(`Nobody here is “${person}”. GET /local/people lists who there is.`)
    return tokenOf(answer)
  }
  if (password) throw new SignInFailed('Say as whom: --as dana. GET /local/people lists who there is.')
  return byDeviceCode(profile, tell)
}

/** Entra's code for a user account that its directory does not hold ("Microsoft Entra authentication error codes"). */
const unknownUser = 'AADSTS50034'

async function byDeviceCode(profile: Profile, tell: (line: string) => void): Promise<string> {
  const started = await post(profile, 'devicecode', { scope: profile.scope })
  const {
    device_code,
    message,
    interval = 5,
    expires_in = 900,
  } = started as { device_code: string; message: string; interval?: number; expires_in?: number }
  tell(message)
  for (let waited = 0; waited < expires_in; waited += interval) {
    await new Promise((resolve) => setTimeout(resolve, interval * 1000))
    const answer = await post(profile, 'token', {
      grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
      device_code,
    })
    if (answer.error !== 'authorization_pending') return tokenOf(answer)
  }
  throw new SignInFailed('Nobody signed in in time. Try again.')
}

function tokenOf(answer: Record<string, unknown>): string {
  if (typeof answer.access_token === 'string') return answer.access_token
  const said =
    typeof answer.error_description === 'string' ? answer.error_description.split(/\r?\n/)[0] : 'Entra gave no token'
  throw new SignInFailed(`${said}`)
}

/** Posts a form to Entra. Node's fetch takes no certificate authority of one's own, so this goes by `https`. */
function post(
  { authority, tenant, client, caFile }: Profile,
  path: string,
  fields: Record<string, string>,
): Promise<Record<string, unknown>> {
  const body = new URLSearchParams({ client_id: client, ...fields }).toString()
  const url = `${authority.replace(/\/$/, '')}/${tenant}/oauth2/v2.0/${path}`
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body) }
  return new Promise((resolve, reject) => {
    const failed = (cause: unknown) => reject(new SignInFailed(`${authority} does not answer.`, { cause }))
    const asking = request(
      url,
      { method: 'POST', headers, timeout: 10_000, ...(caFile && { ca: readFileSync(caFile) }) },
      (answer) => {
        const chunks: Buffer[] = []
        answer.on('data', (chunk: Buffer) => chunks.push(chunk))
        answer.on('end', () => {
          try {
            resolve(JSON.parse(Buffer.concat(chunks).toString('utf8')) as Record<string, unknown>)
          } catch (error) {
            failed(error)
          }
        })
      },
    )
    asking.on('timeout', () => asking.destroy(new Error('timed out')))
    asking.on('error', failed)
    asking.end(body)
  })
}
