import { createHash, createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto'

/** Signs the heads of the log. */
export interface SigningKey {
  id: string
  /** @returns the signature of a text, base64 */
  sign(text: string): string
}

/** The keys of the audit log: one that signs, where there is a private one, and all that heads may have been signed with. */
export interface AuditKeys {
  signing?: SigningKey
  /** Ids of all keys. */
  known: readonly string[]
  /** Whether a signature of a text is by the key of an id; undefined where that key is not known. */
  fits(keyId: string, text: string, signature: string): boolean | undefined
}

const block = /-----BEGIN [A-Z ]+-----[^-]+-----END [A-Z ]+-----/g

/**
 * Reads keys from PEM text: Ed25519, private (PKCS #8) or public (SPKI). The first private one signs; the others, such as the public
 * halves of keys that were used before, tell whether what they signed is still as it was.
 * @throws Error saying what is wrong with the text, never repeating it
 */
export function readAuditKeys(pem: string): AuditKeys {
  const blocks = pem.replaceAll('\\n', '\n').match(block) ?? []
  if (!blocks.length) throw new Error('there is no PEM block in it, such as -----BEGIN PRIVATE KEY-----')
  const keys = blocks.map(keyOf)
  const publicKeys = new Map(keys.map(({ id, publicKey }) => [id, publicKey]))
  const signing = keys.find(({ privateKey }) => privateKey)
  return {
    known: [...publicKeys.keys()],
    fits: (keyId, text, signature) => {
      const key = publicKeys.get(keyId)
      return key && verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64'))
    },
    ...(signing?.privateKey && { signing: signingKey(signing.id, signing.privateKey) }),
  }
}

const signingKey = (id: string, key: KeyObject): SigningKey => ({
  id,
  sign: (text) => sign(null, Buffer.from(text), key).toString('base64'),
})

function keyOf(text: string): { id: string; publicKey: KeyObject; privateKey?: KeyObject } {
  const isPrivate = text.includes('PRIVATE')
  let key: KeyObject
  try {
    key = isPrivate ? createPrivateKey(text) : createPublicKey(text)
  } catch {
    throw new Error('a PEM block in it is no key')
  }
  if (key.asymmetricKeyType !== 'ed25519') throw new Error(`its key is ${key.asymmetricKeyType}, not ed25519`)
  const publicKey = isPrivate ? createPublicKey(key) : key
  const id = createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64url')
    .slice(0, 16)
  return { id, publicKey, ...(isPrivate && { privateKey: key }) }
}
