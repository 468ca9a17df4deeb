import { createHmac, timingSafeEqual } from 'node:crypto'
import type { VendorRequest } from '../frame/router.js'
import type { Services } from '../frame/services.js'
import { Refusal } from './refusal.js'

/** The audience of tokens for the data plane of every account. */
export const cosmosAudience = 'https://cosmos.azure.com'

/** The account's master key: the same for everyone, for nothing of value is behind it. */
export const localCosmosKey = Buffer.from('the master key of the local tenant only, not a secret of anybody').toString(
  'base64',
)

/** How far a request's own date may be from the service's (learn.microsoft.com/rest/api/cosmos-db/access-control-on-cosmosdb-resources). */
const mostSkew = 15 * 60_000

/** What a request is about, as its signature names it. */
export interface Subject {
  /** `dbs`, `colls`, `docs`, `pkranges`; empty for the account. */
  type: string
  /** The resource's path, or that of what a list is of. */
  link: string
}

/** Reads the subject off a path: `/dbs/a/colls/b/docs` is about documents of `dbs/a/colls/b`. */
export function subjectOf(path: string): Subject {
  const parts = path.split('/').filter((part) => part !== '')
  const list = parts.length % 2 === 1
  return { type: (list ? parts.at(-1) : parts.at(-2)) ?? '', link: (list ? parts.slice(0, -1) : parts).join('/') }
}

/**
 * Checks who asks: a signature with the master key, or a token of Entra.
 * @throws Refusal 401 where it is neither; 403 where a token asks for what only the control plane or a key may do
 */
export async function authorise({ verifyToken }: Pick<Services, 'verifyToken'>, request: VendorRequest): Promise<void> {
  const given = decoded(request.headers.authorization ?? '')
  const [, type, signature] = /^type=(master|aad)&ver=1\.0&sig=(.+)$/s.exec(given) ?? []
  if (!type || !signature) throw unauthorised('Required Header authorization is missing or malformed.')
  const subject = subjectOf(request.path)
  if (type === 'master') return checkSignature(request, subject, signature)
  if (!(await verifyToken(`Bearer ${signature}`, cosmosAudience)))
    throw unauthorised('The token is expired, of another authority or for another audience.')
  if (['dbs', 'colls'].includes(subject.type) && request.method !== 'GET')
    throw new Refusal(
      403,
      'Forbidden',
      `The given request [${request.method} ${request.path}] cannot be authorized by AAD token in data plane. Learn more: https://aka.ms/cosmos-native-rbac`,
      { substatus: 5300 },
    )
}

function decoded(header: string): string {
  try {
    return decodeURIComponent(header)
  } catch {
    return ''
  }
}

function checkSignature(request: VendorRequest, { type, link }: Subject, signature: string): void {
  const date = request.headers['x-ms-date'] ?? ''
  const text = `${request.method.toLowerCase()}\n${type}\n${link}\n${date.toLowerCase()}\n\n`
  const wanted = createHmac('sha256', Buffer.from(localCosmosKey, 'base64')).update(text).digest()
  const sent = Buffer.from(signature, 'base64')
  if (sent.length !== wanted.length || !timingSafeEqual(sent, wanted))
    throw unauthorised(
      `The input authorization token can't serve the request. The wrong key is being used or the expected payload is not built as per the protocol. Server used the following payload to sign: '${JSON.stringify(text)}'.`,
    )
  if (!(Math.abs(Date.parse(date) - Date.now()) <= mostSkew))
    throw new Refusal(
      403,
      'Forbidden',
      `The authorization token is not valid at the current time. Its date is '${date}', the server's ${new Date().toUTCString()}.`,
    )
}

const unauthorised = (message: string): Refusal => new Refusal(401, 'Unauthorized', message)
