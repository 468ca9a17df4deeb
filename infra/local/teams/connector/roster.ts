import { badArgument, noMember } from './refusals.js'
import type { VendorResponse } from '../../frame/router.js'
import { ok } from '../../frame/router.js'
import type { Account, Directory } from '../directory.js'
import type { Json } from '../model.js'

/** A member of a conversation as the connector gives it (TeamsChannelAccount). */
export function teamsAccount(directory: Directory, account: Account): Json {
  const [givenName = account.name, ...rest] = account.name.split(' ')
  return {
    id: account.mri,
    name: account.name,
    objectId: account.objectId,
    aadObjectId: account.objectId,
    givenName,
    surname: rest.join(' '),
    email: account.upn,
    userPrincipalName: account.upn,
    tenantId: directory.tenant,
    userRole: account.guest ? 'guest' : 'user',
  }
}

const defaultPage = 200
const largestPage = 500

/** One page of a roster; the continuation token is opaque to the caller and refused where it is not one of ours. */
export function memberPage(directory: Directory, members: Account[], query: Record<string, string>): VendorResponse {
  const size = query['pagesize'] === undefined ? defaultPage : Number(query['pagesize'])
  if (!Number.isInteger(size) || size < 1) return badArgument('pageSize is not a positive number')
  const token = query['continuationtoken']
  const from = token ? Number(/^after:(\d+)$/.exec(Buffer.from(token, 'base64url').toString())?.[1] ?? NaN) : 0
  if (Number.isNaN(from)) return badArgument('Invalid continuationToken')
  const end = from + Math.min(size, largestPage)
  const more = end < members.length
  return ok({
    members: members.slice(from, end).map((member) => teamsAccount(directory, member)),
    ...(more ? { continuationToken: Buffer.from(`after:${end}`).toString('base64url') } : {}),
  })
}

/** One member, by Teams user id or Entra object id. */
export function member(directory: Directory, members: Account[], id: string): VendorResponse {
  const account = directory.accountOf(id)
  return account && members.includes(account) ? ok(teamsAccount(directory, account)) : noMember()
}
