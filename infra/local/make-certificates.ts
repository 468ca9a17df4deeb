import * as x509 from '@peculiar/x509'

/** An authority's certificate and key, PEM. */
export interface Signer {
  ca: string
  caKey: string
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const day = 24 * 60 * 60 * 1000
/** Browsers refuse a server's certificate that is valid for too long: 398 days is the CA/Browser Forum's limit. */
const valid = { ca: 10 * 365 * day, leaf: 397 * day }

/** A new authority, valid for ten years from an hour ago. It may sign certificates of servers, no further authorities. */
export async function makeAuthority(now: Date): Promise<Signer> {
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const certificate = await x509.X509CertificateGenerator.createSelfSigned(
    {
      serialNumber: serialNumber(),
      name: `CN=Nexus local tenant ${serialNumber().slice(0, 8)}`,
      ...period(now, valid.ca),
      signingAlgorithm: algorithm,
      keys,
      extensions: [
        new x509.BasicConstraintsExtension(true, 0, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
        await x509.SubjectKeyIdentifierExtension.create(keys.publicKey, false, crypto),
      ],
    },
    crypto,
  )
  return { ca: certificate.toString('pem'), caKey: await pemOf(keys.privateKey) }
}

/** A certificate for localhost, 127.0.0.1 and ::1 with a key of its own; both PEM. */
export async function makeCertificate(signer: Signer, now: Date): Promise<{ key: string; cert: string }> {
  const issuer = new x509.X509Certificate(signer.ca)
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const signingKey = await crypto.subtle.importKey(
    'pkcs8',
    x509.PemConverter.decodeFirst(signer.caKey),
    algorithm,
    false,
    ['sign'],
  )
  const certificate = await x509.X509CertificateGenerator.create(
    {
      serialNumber: serialNumber(),
      subject: 'CN=localhost',
      issuer: issuer.subject,
      ...period(now, valid.leaf),
      signingAlgorithm: algorithm,
      publicKey: keys.publicKey,
      signingKey,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
        new x509.SubjectAlternativeNameExtension([
          { type: 'dns', value: 'localhost' },
          { type: 'ip', value: '127.0.0.1' },
          { type: 'ip', value: '::1' },
        ]),
        await x509.SubjectKeyIdentifierExtension.create(keys.publicKey, false, crypto),
        await x509.AuthorityKeyIdentifierExtension.create(issuer.publicKey),
      ],
    },
    crypto,
  )
  return { key: await pemOf(keys.privateKey), cert: certificate.toString('pem') }
}

/** A certificate that an application proves itself by: signed by itself, RSA as Entra takes it; PEM of key and certificate. */
export async function makeClientCertificate(name: string, now: Date): Promise<string> {
  const rsa = {
    name: 'RSASSA-PKCS1-v1_5',
    hash: 'SHA-256',
    modulusLength: 2048,
    publicExponent: new Uint8Array([1, 0, 1]),
  }
  const keys = await crypto.subtle.generateKey(rsa, true, ['sign', 'verify'])
  const certificate = await x509.X509CertificateGenerator.createSelfSigned(
    { serialNumber: serialNumber(), name: `CN=${name}`, ...period(now, valid.ca), signingAlgorithm: rsa, keys },
    crypto,
  )
  return `${await pemOf(keys.privateKey)}\n${certificate.toString('pem')}\n`
}

/** An hour of slack, for clocks that were set back. */
const period = (now: Date, length: number) => ({
  notBefore: new Date(now.getTime() - 60 * 60 * 1000),
  notAfter: new Date(now.getTime() + length),
})

/** 16 random bytes, the first bit clear, since a serial number is positive (RFC 5280, 4.1.2.2). */
const serialNumber = (): string => {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[0]! &= 0x7f
  return Buffer.from(bytes).toString('hex')
}

const pemOf = async (key: Parameters<typeof crypto.subtle.exportKey>[1]): Promise<string> =>
  x509.PemConverter.encode(await crypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY')
