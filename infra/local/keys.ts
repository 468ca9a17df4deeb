import { createHash, createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { keepFile } from './frame/keep-file.js'

/** An RSA key pair of 2048 bits that signs tokens (RS256). */
export interface SigningKey {
  /** Key id: the thumbprint of the public key, so that the same key has the same id for ever. */
  kid: string
  privateKey: KeyObject
  publicKey: KeyObject
  /** PKCS #8. */
  pem: string
}

/** Keys of the local tenant: Entra's, the Bot Framework's and the workload issuer's. */
export type KeyName = 'entra' | 'botframework' | 'workload'

/**
 * Opens a key kept as `<name>.pem` in a folder, and makes it where it is absent or unreadable.
 * @param folder undefined keeps it in memory only.
 */
export async function openKey(folder: string | undefined, name: KeyName): Promise<SigningKey> {
  const file = folder && join(folder, `${name}.pem`)
  const kept = file && readKey(file)
  if (kept) return kept
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 })
  const key = keyOf(privateKey)
  if (file) keepFile(file, key.pem)
  return key
}

function readKey(file: string): SigningKey | undefined {
  try {
    const key = createPrivateKey(readFileSync(file))
    return key.asymmetricKeyType === 'rsa' ? keyOf(key) : undefined
  } catch {
    return undefined
  }
}

function keyOf(privateKey: KeyObject): SigningKey {
  const publicKey = createPublicKey(privateKey)
  return {
    kid: createHash('sha1')
      .update(publicKey.export({ type: 'spki', format: 'der' }))
      .digest('base64url'),
    privateKey,
    publicKey,
    pem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}

/** A key as an OpenID provider publishes it (RFC 7517). */
export const publicJwk = ({ kid, publicKey }: SigningKey): Record<string, unknown> => ({
  ...publicKey.export({ format: 'jwk' }),
  use: 'sig',
  alg: 'RS256',
  kid,
  x5t: kid,
})
