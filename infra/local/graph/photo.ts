import { createHash } from 'node:crypto'
import { crc32, deflateSync } from 'node:zlib'

/** Capital letters as strokes on a grid of 4 by 6; a stroke is a run of points. */
const letters: Record<string, string> = {
  A: '06 20 46|14 34',
  B: '06 00 30 41 42 33 03|33 44 45 36 06',
  C: '41 30 10 01 05 16 36 45',
  D: '06 00 20 41 45 26 06',
  E: '40 00 06 46|03 33',
  F: '40 00 06|03 33',
  G: '41 30 10 01 05 16 36 45 43 23',
  H: '00 06|40 46|03 43',
  I: '20 26',
  J: '40 45 36 16 05',
  K: '00 06|40 03 46',
  L: '00 06 46',
  M: '06 00 23 40 46',
  N: '06 00 46 40',
  O: '10 30 41 45 36 16 05 01 10',
  P: '06 00 30 41 42 33 03',
  Q: '10 30 41 45 36 16 05 01 10|34 46',
  R: '06 00 30 41 42 33 03|23 46',
  S: '41 30 10 01 02 13 33 44 45 36 16 05',
  T: '00 40|20 26',
  U: '00 05 16 36 45 40',
  V: '00 26 40',
  W: '00 16 23 36 40',
  X: '00 46|40 06',
  Y: '00 23 40|23 26',
  Z: '00 40 06 46',
}

type Point = readonly [x: number, y: number]
type Colour = readonly [red: number, green: number, blue: number]

/** Dark enough for white letters at a contrast of 4.5 and more. */
const colours: Colour[] = [
  [79, 82, 178],
  [0, 104, 116],
  [138, 56, 112],
  [16, 94, 60],
  [153, 62, 16],
  [92, 66, 148],
  [164, 38, 44],
  [0, 90, 158],
]

/**
 * A person's picture, drawn: their initials in white on a colour of their own.
 * @param id decides the colour.
 * @param size pixels, both ways.
 * @returns a PNG.
 */
export function drawInitials(name: string, id: string, size: number): Buffer {
  const colour = colours[createHash('sha1').update(id).digest()[0]! % colours.length]!
  const coverage = new Float32Array(size * size)
  for (const [from, to] of strokes(initialsOf(name), size)) drawStroke(coverage, size, from, to)
  const rows = Buffer.alloc(size * (size * 3 + 1)) // each row begins with its filter type, 0: none
  coverage.forEach((white, pixel) => {
    const at = Math.floor(pixel / size) * (size * 3 + 1) + 1 + (pixel % size) * 3
    colour.forEach((part, channel) => (rows[at + channel] = Math.round(part + (255 - part) * white)))
  })
  return png(size, rows)
}

/** Draws one segment with round ends and an edge one pixel soft; only the pixels around it are looked at. */
function drawStroke(coverage: Float32Array, size: number, from: Point, to: Point): void {
  const half = size / 32
  const [left, top] = [Math.min(from[0], to[0]) - half - 1, Math.min(from[1], to[1]) - half - 1].map(Math.floor)
  const [right, bottom] = [Math.max(from[0], to[0]) + half + 1, Math.max(from[1], to[1]) + half + 1].map(Math.ceil)
  for (let y = Math.max(0, top!); y < Math.min(size, bottom!); y++)
    for (let x = Math.max(0, left!); x < Math.min(size, right!); x++) {
      const white = Math.min(1, half + 0.5 - distanceTo([x + 0.5, y + 0.5], from, to))
      if (white > coverage[y * size + x]!) coverage[y * size + x] = white
    }
}

/** First letters of the first and the last name, without accents: `Zoë Ångström` → `ZA`. */
const initialsOf = (name: string): string[] => {
  const words = name
    .normalize('NFD')
    .replace(/[^A-Za-z\s-]/g, '')
    .trim()
    .toUpperCase()
    .split(/\s+/)
  const ends = words.length > 1 ? [words[0]!, words.at(-1)!] : words
  return ends.map((word) => word[0] ?? '').filter((letter) => letter in letters)
}

/** The letters' segments, in pixels, in the middle of the square. */
function strokes(initials: string[], size: number): [Point, Point][] {
  const unit = size / 15
  const width = initials.length * 4 + (initials.length - 1) * 1.6
  return initials.flatMap((letter, index) => {
    const left = (size - width * unit) / 2 + index * 5.6 * unit
    const point = (digits: string): Point => [
      left + Number(digits[0]) * unit,
      size / 2 + (Number(digits[1]) - 3) * unit,
    ]
    return letters[letter]!.split('|').flatMap((stroke) => {
      const points = stroke.split(' ').map(point)
      return points.slice(1).map((to, at): [Point, Point] => [points[at]!, to])
    })
  })
}

function distanceTo([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const [dx, dy] = [bx - ax, by - ay]
  const along = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)))
  return Math.sqrt((x - ax - along * dx) ** 2 + (y - ay - along * dy) ** 2)
}

/** Packs rows of 8-bit RGB into a PNG (www.w3.org/TR/png, 5 and 11). */
function png(size: number, rows: Buffer): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(size, 0)
  header.writeUInt32BE(size, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  check.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, check])
}
