import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { keepFile } from './frame/keep-file.js'
import type { Signer } from './make-certificates.js'
import './reflect-metadata.js' // before make-certificates loads @peculiar/x509

/** A certificate for loopback, and the authority that signed it. */
export interface Authority {
  /** Path of the authority's certificate, PEM: the value of `NODE_EXTRA_CA_CERTS`. */
  caFile: string
  ca: string
  /** The server's key and certificate, PEM. */
  tls: { key: string; cert: string }
}

const day = 24 * 60 * 60 * 1000
const names = {
  caKey: 'ca.key.pem',
  ca: 'ca.pem',
  key: 'localhost.key.pem',
  cert: 'localhost.pem',
}
/** Anew this long before the end, so that no tenant outlives its certificate while it runs. */
const renewBefore = { ca: 90 * day, leaf: 60 * day }

/**
 * The local certificate authority in a folder, and a certificate for localhost, 127.0.0.1 and ::1. Both are made at the first
 * start and made anew when they near their end or cannot be used; key files are readable by their owner only.
 * @param now the machine's time: TLS goes by real time, whatever business time says.
 */
export async function openAuthority(folder: string, now = new Date()): Promise<Authority> {
  const { signer, tls } = readKept(folder, now)
  const caFile = join(folder, names.ca)
  if (signer && tls) return { caFile, ca: signer.ca, tls }
  const make = await import('./make-certificates.js') // loaded only where something is to be made
  const used = signer ?? (await make.makeAuthority(now))
  const made = await make.makeCertificate(used, now)
  keepFile(join(folder, names.caKey), used.caKey)
  keepFile(caFile, used.ca)
  keepFile(join(folder, names.key), made.key)
  keepFile(join(folder, names.cert), made.cert)
  return { caFile, ca: used.ca, tls: made }
}

/** What is there and still good for a while. */
function readKept(folder: string, now: Date): { signer?: Signer; tls?: Authority['tls'] } {
  const [caKey, ca, key, cert] = Object.values(names).map((name) => readText(join(folder, name)))
  const issuer = ca && usable(ca, caKey, now, renewBefore.ca)
  if (!issuer || !ca || !caKey) return {}
  const leaf = cert && usable(cert, key, now, renewBefore.leaf)
  if (!leaf || !leaf.verify(issuer.publicKey) || !key || !cert) return { signer: { ca, caKey } }
  return { signer: { ca, caKey }, tls: { key, cert } }
}

function usable(pem: string, key: string | undefined, now: Date, before: number): X509Certificate | undefined {
  try {
    const certificate = new X509Certificate(pem)
    const begun = Date.parse(certificate.validFrom) <= now.getTime()
    const lasts = Date.parse(certificate.validTo) - before > now.getTime()
    return begun && lasts && certificate.checkPrivateKey(createPrivateKey(key ?? '')) ? certificate : undefined
  } catch {
    return undefined // cut off or not a certificate: made anew
  }
}

const readText = (file: string): string | undefined => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
