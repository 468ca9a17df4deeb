import type { AccountRecords } from '../../store/records/account-records.js'
import { callConnector, textOf, type ConnectorParts } from './call-connector.js'

/** A conversation whose roster can be asked. */
export interface Roster {
  id: string
  serviceUrl: string
}

/** What finding people's accounts needs. */
export interface AccountParts extends ConnectorParts {
  records: AccountRecords
  /** Milliseconds since 1970. */
  now(): number
}

/** People's accounts in Teams, by Entra object id. */
export interface Accounts {
  /** Learns the account of somebody who was heard. */
  learn(from: { id: string; aadObjectId?: string | undefined }): void
  /**
   * The accounts of people, in their order; those that nobody knows, or that are not in the conversation, are left out.
   * @param roster where unknown ones are looked up, at most twenty at a time
   */
  find(objectIds: readonly string[], roster: Roster | undefined): Promise<Map<string, string>>
}

/** The connector takes 50 calls a second of one app, and messages are to come through meanwhile. */
const mostLookups = 20
const together = 5
const patience = 3_000
/** How long somebody who is in no roster is not looked for again, milliseconds. */
const absentFor = 3_600_000
const mostKnown = 20_000

/** Accounts over what was heard, what is in the store, and the rosters of conversations. */
export function createAccounts({ records, now, ...connector }: AccountParts): Accounts {
  const heard = new Map<string, string>()
  const stored = new Map<string, string>()
  const absent = new Map<string, number>()
  return {
    learn({ id, aadObjectId }) {
      if (aadObjectId === undefined) return
      if (heard.size >= mostKnown) heard.clear()
      heard.set(aadObjectId, id)
    },
    async find(objectIds, roster) {
      const found = new Map<string, string>()
      let lookups = 0
      for (let from = 0; from < objectIds.length; from += together)
        await Promise.all(
          objectIds.slice(from, from + together).map(async (objectId) => {
            const account =
              (await known(objectId)) ?? (roster && lookups++ < mostLookups && (await lookUp(objectId, roster)))
            if (account) found.set(objectId, account)
          }),
        )
      return found
    },
  }

  /** What is known of somebody; what was only heard is kept once it is needed. */
  async function known(objectId: string): Promise<string | undefined> {
    const account = stored.get(objectId) ?? (await records.get(objectId)) ?? heard.get(objectId)
    if (account !== undefined) await keep(objectId, account)
    return account
  }

  async function keep(objectId: string, account: string): Promise<void> {
    if (stored.get(objectId) === account) return
    if ((await records.get(objectId)) !== account) await records.keep(objectId, account)
    if (stored.size >= mostKnown) stored.clear()
    stored.set(objectId, account)
  }

  /** Microsoft, "Get Teams-specific context": a roster takes Entra object ids as well as accounts. */
  async function lookUp(objectId: string, { id, serviceUrl }: Roster): Promise<string | undefined> {
    const key = JSON.stringify([id, objectId])
    if ((absent.get(key) ?? 0) > now()) return undefined
    const path = `v3/conversations/${encodeURIComponent(id)}/members/${encodeURIComponent(objectId)}`
    const answer = await callConnector({ serviceUrl, method: 'GET', path, patience }, connector)
    const account = 'body' in answer ? textOf(answer.body, 'id') : undefined
    if (account !== undefined) await keep(objectId, account)
    else if (!('is' in answer) || answer.is === 'gone') {
      if (absent.size >= mostKnown) absent.clear()
      absent.set(key, now() + absentFor)
    }
    return account
  }
}
