import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openAuthority } from '../authority.js'
import { botFramework } from '../entra/bot-framework.js'
import { entra } from '../entra/entra.js'
import { openClientCertificate } from '../entra/client-certificate.js'
import { Tokens } from '../entra/tokens.js'
import { workloadIssuer } from '../entra/workload-issuer.js'
import type { Vendor } from '../frame/router.js'
import type { Services } from '../frame/services.js'
import { openKey, type SigningKey } from '../keys.js'
import type { Organisation } from '../organisation/model.js'
import { smallOrganisation } from './small-organisation.js'
import { startVendors, type Started } from './start-vendors.js'

/** The local Entra over TLS, beside other vendors whose tokens it issues; for tests. */
export interface StartedIdentity extends Started {
  org: Organisation
  caFile: string
  /** A folder of the test's own, removed at the end. */
  folder: string
  keys: Record<'entra' | 'workload' | 'botframework', SigningKey>
  /** The hub's certificate and its key, PEM. */
  certificateFile: string
  tokens: Tokens
}

/** @param tls absent, plain HTTP, which is quicker where no client insists. */
export async function startIdentity(
  options: { org?: Organisation; tls?: boolean; vendors?: ((services: Services) => Vendor)[] } = {},
): Promise<StartedIdentity> {
  const org = options.org ?? smallOrganisation()
  const folder = mkdtempSync(join(tmpdir(), 'identity-'))
  const authority = options.tls ? await openAuthority(folder) : undefined
  const [entraKey, workload, botframework] = await Promise.all(
    (['entra', 'workload', 'botframework'] as const).map((name) => openKey(undefined, name)),
  )
  const certificateFile = join(folder, 'hub-certificate.pem')
  const certificate = await openClientCertificate(certificateFile, new Date())
  const keys = { entra: entraKey!, workload: workload!, botframework: botframework! }
  let tokens: Tokens | undefined
  const started = await startVendors({
    org,
    ...(authority && { tls: authority.tls }),
    verifyToken: (authorization, audience) => tokens!.verify(authorization, audience),
    vendors: [
      (services) => entra(services, (tokens = new Tokens(org, services.base, keys.entra)), { ...keys, certificate }),
      ({ base }) => botFramework(base, keys.botframework),
      ({ base }) => workloadIssuer(base, keys.workload),
      ...(options.vendors ?? []),
    ],
  })
  const close = async () => {
    await started.close()
    rmSync(folder, { recursive: true })
  }
  return { ...started, org, caFile: authority?.caFile ?? '', folder, keys, certificateFile, tokens: tokens!, close }
}
