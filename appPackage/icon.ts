/** What Teams asks of the two icons. @see https://learn.microsoft.com/microsoftteams/platform/concepts/build-and-test/apps-package */
export const iconRules = {
  'color.png': { side: 192, transparent: false },
  'outline.png': { side: 32, transparent: true },
} as const
export type IconName = keyof typeof iconRules

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
/** PNG colour types that carry an alpha channel: grey with alpha, and RGBA. */
const withAlpha = [4, 6]

/** Size of a PNG in pixels, and whether it has an alpha channel; undefined where the bytes are no PNG. */
export function measurePng(bytes: Buffer): { width: number; height: number; alpha: boolean } | undefined {
  if (bytes.length < 33 || !bytes.subarray(0, 8).equals(signature) || bytes.toString('latin1', 12, 16) !== 'IHDR')
    return undefined
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20), alpha: withAlpha.includes(bytes[25]!) }
}

/** What Teams would refuse about an icon, in a sentence each. */
export function iconFaults(name: IconName, bytes: Buffer): string[] {
  const { side, transparent } = iconRules[name]
  const size = measurePng(bytes)
  if (!size) return [`${name} is not a PNG`]
  return [
    ...(size.width === side && size.height === side
      ? []
      : [`${name} must be ${side} × ${side} pixels, not ${size.width} × ${size.height}`]),
    ...(transparent && !size.alpha ? [`${name} must be white on a transparent ground, but has no alpha channel`] : []),
  ]
}
