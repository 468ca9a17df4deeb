import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openAuthority } from '../../../../infra/local/authority.js'
import { smallOrganisation } from '../../../../infra/local/testing/small-organisation.js'
import { startVendors } from '../../../../infra/local/testing/start-vendors.js'
import type { AzureOptions } from '../azure-options.js'

/** One answer: a body that is sent as JSON, or a text as it is. */
export interface Scripted {
  status: number
  headers?: Record<string, string>
  body?: unknown
  text?: string
}

/** What was asked of Resource Graph. */
export interface Asked {
  query: string
  subscriptions?: string[]
  options?: Record<string, unknown>
}

/** An Azure that answers as a test says. */
export interface ScriptedAzure {
  options: AzureOptions
  asked: Asked[]
  /** The next answers, in their order. */
  answer(...answers: Scripted[]): void
  /** All answers from now on. */
  answerBy(answer: (asked: Asked) => Scripted): void
  forget(): void
  close(): Promise<void>
}

/** Serves Resource Graph's address over TLS on a free port. */
export async function startScriptedAzure(): Promise<ScriptedAzure> {
  const folder = mkdtempSync(join(tmpdir(), 'scripted-azure-'))
  const { tls, ca } = await openAuthority(folder)
  const asked: Asked[] = []
  let waiting: Scripted[] = []
  let always: ((asked: Asked) => Scripted) | undefined
  const started = await startVendors({
    org: smallOrganisation({}),
    tls,
    vendors: [
      () => ({
        name: 'scripted',
        prefixes: ['/arm'],
        handle: ({ body }) => {
          asked.push(body as Asked)
          const {
            status,
            headers = {},
            body: json,
            text,
          } = waiting.shift() ?? always?.(body as Asked) ?? { status: 500 }
          const type = { 'content-type': 'application/json; charset=utf-8' }
          return { status, headers: { ...type, ...headers }, body: text ?? json }
        },
      }),
    ],
  })
  return {
    asked,
    options: {
      endpoint: `${started.base}/arm`,
      scope: 'https://management.azure.com/.default',
      credential: { getToken: async () => ({ token: 'app:nexus', expiresOnTimestamp: Date.now() + 3_600_000 }) },
      ca,
    },
    answer: (...answers) => void waiting.push(...answers),
    answerBy: (answer) => void (always = answer),
    forget: () => {
      asked.length = 0
      waiting = []
      always = undefined
    },
    close: async () => {
      await started.close()
      rmSync(folder, { recursive: true })
    },
  }
}
