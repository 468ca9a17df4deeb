import { createHash, createPublicKey, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { jwtVerify, errors, decodeProtectedHeader } from 'jose'
import { keepFile } from '../frame/keep-file.js'
import '../reflect-metadata.js' // before make-certificates loads @peculiar/x509
import { EntraError } from './errors.js'

/**
 * Opens the certificate that an application's registration has, its key beside it in one file, as `AZURE_CLIENT_CERTIFICATE_PATH`
 * takes it; made where it is absent or unreadable.
 * @param file undefined keeps it in memory only.
 * @returns PEM of key and certificate.
 */
export async function openClientCertificate(file: string | undefined, now: Date): Promise<string> {
  const kept = file && readCertificate(file)
  if (kept) return kept
  const { makeClientCertificate } = await import('../make-certificates.js') // loaded only where one is to be made
  const pem = await makeClientCertificate('Nexus hub', now)
  if (file) keepFile(file, pem)
  return pem
}

function readCertificate(file: string): string | undefined {
  try {
    const pem = readFileSync(file, 'utf8')
    return pem.includes('PRIVATE KEY') && new X509Certificate(pem).publicKey ? pem : undefined
  } catch {
    return undefined
  }
}

/** Seconds by which clocks may differ. */
const clockTolerance = 300

/** The two names that a token's header may give a certificate (RFC 7515, 4.1.7 and 4.1.8). */
const thumbprints = (certificate: X509Certificate) => ({
  x5t: createHash('sha1').update(certificate.raw).digest('base64url'),
  'x5t#S256': createHash('sha256').update(certificate.raw).digest('base64url'),
})

/**
 * Checks an assertion that an application signed with its certificate (learn.microsoft.com, "Microsoft identity platform
 * application authentication certificate credentials").
 * @param audiences the addresses of the token endpoint and the issuer, any of which it may be meant for.
 */
export async function checkSignedAssertion(
  token: string,
  { id, certificate }: { id: string; certificate?: X509Certificate },
  audiences: string[],
): Promise<void> {
  const header = decodeProtectedHeader(token) as Record<string, unknown>
  const known = certificate && thumbprints(certificate)
  if (!certificate || !known || (header['x5t'] !== known.x5t && header['x5t#S256'] !== known['x5t#S256']))
    throw new EntraError(
      'invalid_client',
      700027,
      'Client assertion contains an invalid signature: the key was not found by its thumbprint.',
    )
  const options = {
    issuer: id,
    subject: id,
    audience: audiences,
    algorithms: ['RS256', 'PS256'],
    requiredClaims: ['exp'],
    clockTolerance, // MSAL rounds the current second up
  }
  await jwtVerify(token, createPublicKey(certificate.publicKey.export({ type: 'spki', format: 'pem' })), options).catch(
    (error: unknown) => {
      throw refusalOf(error)
    },
  )
}

function refusalOf(error: unknown): EntraError {
  if (error instanceof errors.JWTExpired || (error instanceof errors.JWTClaimValidationFailed && error.claim === 'nbf'))
    return new EntraError('invalid_client', 700024, 'Client assertion is not within its valid time range.')
  if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'aud')
    return new EntraError('invalid_client', 700023, 'Client assertion audience claim is not the token endpoint.')
  if (error instanceof errors.JWTClaimValidationFailed)
    return new EntraError(
      'invalid_client',
      700021,
      "Client assertion application identifier doesn't match the 'client_id' parameter.",
    )
  return new EntraError('invalid_client', 700027, 'Client assertion failed signature validation.')
}
