import { crc32, deflateRawSync } from 'node:zlib'

/** A file of an archive: its name with `/` between folders, and what is in it. */
export interface ZipEntry {
  name: string
  bytes: Buffer
}

// Signatures and layouts are those of PKWARE's APPNOTE 6.3.
const [localHeader, centralHeader, endOfDirectory] = [0x04034b50, 0x02014b50, 0x06054b50]
const version = 20
const namesAreUtf8 = 0x0800
const deflated = 8
/** 1 January 1980, the earliest the format knows: the same files give the same archive, whenever it is made. */
const [time, date] = [0, 0x0021]

/**
 * An archive of a few small files, deflated, that every unzip program reads. No folders, no encryption; up to 65,535
 * files and 4 GB, as the format without its 64-bit extension.
 */
export function zip(entries: readonly ZipEntry[]): Buffer {
  const files: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, bytes } of entries) {
    const packed = deflateRawSync(bytes, { level: 9 })
    const title = Buffer.from(name, 'utf8')
    const facts = factsOf(bytes, packed, title)
    const head = Buffer.concat([uint32(localHeader), uint16(version), facts, uint16(0), title])
    files.push(head, packed)
    directory.push(
      Buffer.concat([
        ...[uint32(centralHeader), uint16(version), uint16(version), facts],
        ...[uint16(0), uint16(0), uint16(0), uint16(0), uint32(0), uint32(offset), title],
      ]),
    )
    offset += head.length + packed.length
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0)
  const count = uint16(entries.length)
  const end = [uint32(endOfDirectory), uint16(0), uint16(0), count, count, uint32(size), uint32(offset), uint16(0)]
  return Buffer.concat([...files, ...directory, ...end])
}

/** The stretch that a file's own header and its line in the directory have in common. */
const factsOf = (bytes: Buffer, packed: Buffer, title: Buffer): Buffer =>
  Buffer.concat([
    ...[uint16(namesAreUtf8), uint16(deflated), uint16(time), uint16(date), uint32(crc32(bytes))],
    ...[uint32(packed.length), uint32(bytes.length), uint16(title.length)],
  ])

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16LE(value)
  return bytes
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
