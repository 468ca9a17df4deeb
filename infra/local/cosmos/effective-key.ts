const mask = (1n << 64n) - 1n
const rotate = (value: bigint, by: bigint): bigint => ((value << by) | (value >> (64n - by))) & mask

/** Finalisation mix of MurmurHash3 (Austin Appleby's, public domain): every bit of the input moves every bit of the output. */
function mix(value: bigint): bigint {
  let k = value
  k = ((k ^ (k >> 33n)) * 0xff51afd7ed558ccdn) & mask
  k = ((k ^ (k >> 33n)) * 0xc4ceb9fe1a85ec53n) & mask
  return k ^ (k >> 33n)
}

const [c1, c2] = [0x87c37b91114253d5n, 0x4cf5ad432745937fn]
const mixFirst = (k: bigint): bigint => (rotate((k * c1) & mask, 31n) * c2) & mask
const mixSecond = (k: bigint): bigint => (rotate((k * c2) & mask, 33n) * c1) & mask

/** MurmurHash3 of 128 bits for 64-bit machines, seed 0: both halves. */
function murmur(bytes: Buffer): [bigint, bigint] {
  let [h1, h2] = [0n, 0n]
  const whole = bytes.length - (bytes.length % 16)
  for (let at = 0; at < whole; at += 16) {
    h1 = ((rotate(h1 ^ mixFirst(bytes.readBigUInt64LE(at)), 27n) + h2) * 5n + 0x52dce729n) & mask
    h2 = ((rotate(h2 ^ mixSecond(bytes.readBigUInt64LE(at + 8)), 31n) + h1) * 5n + 0x38495ab5n) & mask
  }
  const tail = Buffer.concat([bytes.subarray(whole), Buffer.alloc(16)])
  h2 ^= mixSecond(tail.readBigUInt64LE(8))
  h1 ^= mixFirst(tail.readBigUInt64LE(0))
  const length = BigInt(bytes.length)
  h1 = ((h1 ^ length) + (h2 ^ length)) & mask
  h2 = ((h2 ^ length) + h1) & mask
  h1 = (mix(h1) + mix(h2)) & mask
  h2 = (mix(h2) + h1) & mask
  return [h1, h2]
}

/** A level of a partition key that is text, as it is hashed: a type mark, its UTF-8 bytes, an end mark. */
const encoded = (value: string): Buffer => Buffer.concat([Buffer.from([8]), Buffer.from(value), Buffer.from([0xff])])

function hashLevel(value: string): string {
  const [first, second] = murmur(encoded(value))
  const bytes = Buffer.alloc(16)
  bytes.writeBigUInt64BE(second, 0)
  bytes.writeBigUInt64BE(first, 8)
  bytes[0]! &= 0x3f
  return bytes.toString('hex').toUpperCase()
}

const known = new Map<string, string>()

/**
 * The place of a hierarchical partition key among all keys: upper-case hex, 32 digits a level, so that a prefix of a key gives a prefix of its
 * place. The service and its clients have to agree on it: clients send ranges of places. Memory of the last few thousand levels.
 */
export function effectiveKey(levels: readonly string[]): string {
  return levels
    .map((level) => {
      let hash = known.get(level)
      if (hash !== undefined) return hash
      if (known.size > 5_000) known.clear()
      known.set(level, (hash = hashLevel(level)))
      return hash
    })
    .join('')
}

/** Places from one up to below another; `''` is the first and `FF` after the last. */
export interface KeyRange {
  min: string
  max: string
}

/** All keys that begin with these levels. */
export function rangeOfPrefix(levels: readonly string[]): KeyRange {
  const min = effectiveKey(levels)
  return { min, max: levels.length === 0 ? 'FF' : `${min}FF` }
}

export const contains = ({ min, max }: KeyRange, place: string): boolean => place >= min && place < max
