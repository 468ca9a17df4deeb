import { createHash } from 'node:crypto'

/** A stable UUID (version 5 layout) for a name, so that an organisation's ids are the same at every start. */
export function uuidOf(name: string): string {
  const hex = createHash('sha1').update(`nexus-local/${name}`).digest('hex')
  const variant = ((parseInt(hex.slice(16, 18), 16) & 0x3f) | 0x80).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(18, 20)}-${hex.slice(20, 32)}`
}

/** A stable positive integer below 2^31 for a name, as GitHub and Azure DevOps number things. */
export const numberOf = (name: string): number => createHash('sha1').update(name).digest().readUInt32BE(0) >>> 1
