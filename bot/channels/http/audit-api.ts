import { z } from 'zod/v4'
import type { AuditEntry } from '../../../skills/kit/audit.js'
import type { AuditVerdict } from '../../audit-verdict.js'
import type { Caller } from '../../hub/caller.js'
import { permit, sayDecision } from '../../hub/access/permit.js'
import type { LogEntry } from '../../store/streams.js'
import type { HttpAnswer, HttpRequest, HttpRoute } from './http-server.js'
import { Unauthorized, type TokenPerson } from './verify-user-token.js'

/** What the addresses of the audit log are made of. */
export interface AuditApiParts {
  verifyUser(authorization: string | undefined): Promise<TokenPerson>
  callerOf(person: TokenPerson & { name: string }): Caller
  /** Adds a line to the log. */
  write(entry: AuditEntry): Promise<void>
  /** Verifies the log; absent where no key is configured to verify it by. */
  verify?(): Promise<AuditVerdict>
  /** Entries from a number on. */
  read(from: number, limit: number): Promise<LogEntry[]>
}

const Page = z.object({
  from: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).default(1),
  limit: z.coerce.number().int().min(1).max(1000).default(500),
})

/** `nexus audit verify` and `nexus audit export`, for Admins. That they were asked, or refused, is in the log itself. */
export function auditApi(parts: AuditApiParts): HttpRoute[] {
  const forAdmins =
    (what: string, handle: (request: HttpRequest, by: AuditEntry['by']) => Promise<HttpAnswer>) =>
    async (request: HttpRequest): Promise<HttpAnswer> => {
      let token: TokenPerson
      try {
        token = await parts.verifyUser(request.authorization)
      } catch (error) {
        if (error instanceof Unauthorized)
          return refuse(error.status, 'Unauthorized', 'Sign in first: this needs an Entra token for Nexus.')
        throw error
      }
      const { person } = parts.callerOf({ ...token, name: token.name ?? 'somebody' })
      const by = { id: person.id, objectId: person.objectId, name: person.name }
      const decision = permit({ person, use: { title: what, role: 'admin' } })
      if (decision.allowed) return handle(request, by)
      await parts.write({ action: 'permission.refused', by, detail: { command: what, reason: decision.reason } })
      return refuse(403, 'Forbidden', sayDecision(decision))
    }
  const verify = forAdmins('nexus audit verify', async (_request, by) => {
    if (!parts.verify)
      return refuse(
        409,
        'Conflict',
        'The hub has no key to verify the audit log by: set NEXUS_AUDIT_KEY, and start it again.',
      )
    const verdict = await parts.verify()
    await parts.write({
      action: 'audit.verified',
      ...(by && { by }),
      detail: { holds: verdict.holds, findings: verdict.findings.length },
    })
    return { status: 200, body: verdict }
  })
  const entries = forAdmins('nexus audit export', async ({ query }, by) => {
    const page = Page.safeParse(Object.fromEntries(query))
    if (!page.success) return refuse(400, 'BadRequest', 'from and limit are whole numbers, limit at most 1000.')
    const { from, limit } = page.data
    const found = await parts.read(from, limit)
    const to = found.at(-1)?.seq ?? null
    await parts.write({ action: 'audit.exported', ...(by && { by }), detail: { from, to } })
    return { status: 200, body: { entries: found } }
  })
  return [
    { method: 'POST', path: '/api/audit/verify', handle: verify },
    { method: 'GET', path: '/api/audit/entries', handle: entries },
  ]
}

const refuse = (status: number, code: string, message: string): HttpAnswer => ({
  status,
  body: { error: { code, message } },
})
