import { isMap, LineCounter, parseDocument, type Node } from 'yaml'
import { z } from 'zod/v4'
import { plainName, personRef, serviceRef, teamRef } from '../../skills/kit/entity-ids.js'
import type { Claim, Json } from '../../skills/kit/model.js'
import type { Rotation } from '../../skills/kit/rotation.js'
import { isZone, weekdays } from '../../skills/kit/zoned-time.js'

/**
 * Where an organisation writes schedules of Nexus's own, one a file:
 *
 *     name: Gateway by day
 *     team: platform                          # whose schedule it is
 *     services: [edge-gateway]                # whose pagers it carries; of all of the team's unless told
 *     zone: Australia/Sydney                  # of the hand-overs and the hours
 *     layers:                                 # where several have somebody, the last one counts
 *       - people: [tess@contoso.com, omar@contoso.com]
 *         turn: 1 week                        # or 3 days, 12 hours
 *         start: 2026-01-05                   # the day of the first hand-over
 *         hand-over: '09:00'
 *         hours:                              # all of them unless told; to an earlier hour is to the next day's
 *           - { days: [mon, tue, wed, thu, fri], from: '09:00', to: '17:00' }
 *     escalation: [jonas@contoso.com]         # who is asked when nobody answers
 */
export const schedulesFolder = 'schedules'

const name = z.string().trim().min(1).max(100)
const mail = z.email('is no mail address').toLowerCase()
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "must be a time such as '09:00', in quotes")
const day = z.iso.date('must be a day such as 2026-01-05')
const unitMinutes: Record<string, number> = { hour: 60, day: 1440, week: 7 * 1440 }
const turn = z.string().transform((value, context) => {
  const [, amount, unit] = /^(\d{1,3}) (hour|day|week)s?$/.exec(value.trim()) ?? []
  if (amount && Number(amount) > 0) return Number(amount) * unitMinutes[unit!]!
  context.addIssue({
    code: 'custom',
    message: `"${value.slice(0, 40)}" is no length of a turn: say 1 week, 3 days or 12 hours`,
  })
  return z.NEVER
})
const Layer = z.strictObject({
  name: name.optional(),
  people: z.array(mail).min(1, 'names nobody: a rotation needs at least one person').max(100),
  turn,
  start: day,
  'hand-over': time,
  hours: z
    .array(z.strictObject({ days: z.array(z.enum(weekdays)).min(1).max(7), from: time, to: time }))
    .max(20)
    .default([]),
})
const Schedule = z.strictObject({
  name,
  team: name,
  services: z.array(name).min(1).max(100).optional(),
  zone: z.string().refine(isZone, {
    error: ({ input }) => `"${String(input).slice(0, 60)}" is no time zone: say an IANA name such as Europe/Berlin`,
  }),
  layers: z.array(Layer).min(1, 'has no layer: nobody would be on call').max(20),
  escalation: z.array(mail).max(20).default([]),
})

/** A schedule as the catalog shows it, or what is wrong with its file: one sentence each, with file and line. */
export type ReadSchedule = { claim: Claim } | { mistakes: string[] }

/** Reads the text of one schedule. @param file its path in the settings, for what is said of it */
export function readSchedule(file: string, text: string): ReadSchedule {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const says = (line: number, what: string): string => `${file}, line ${line}: ${what}`
  if (document.errors.length)
    return {
      mistakes: document.errors.map(({ message, linePos }) => says(linePos?.[0].line ?? 1, message.split('\n')[0]!)),
    }
  const root = document.contents
  if (!isMap(root)) return { mistakes: [says(1, 'it is no schedule: it has no name, team, zone and layers')] }
  const read = Schedule.safeParse(root.toJS(document))
  if (read.success) return { claim: claimOf(file, read.data) }
  return {
    mistakes: read.error.issues.map(({ path, message }) => {
      const node = nearest(root, path as (string | number)[])
      return says(lines.linePos(node?.range?.[0] ?? 0).line, `${path.join('.') || 'the schedule'}: ${message}`)
    }),
  }
}

/** What stands at a path; where nothing does, what would hold it. */
function nearest(root: Node, path: readonly (string | number)[]): Node | undefined {
  for (let length = path.length; length > 0; length--) {
    const found = isMap(root) ? root.getIn(path.slice(0, length), true) : undefined
    if (found !== undefined && found !== null) return found as Node
  }
  return root
}

function claimOf(file: string, read: z.output<typeof Schedule>): Claim {
  const rotation: Rotation = {
    zone: read.zone,
    layers: read.layers.map(({ 'hand-over': handOver, name: called, ...layer }, index) => ({
      ...layer,
      name: called ?? `Layer ${index + 1}`,
      people: layer.people.map((address) => personRef(address).id),
      handOver,
    })),
  }
  const id = `nexus/${plainName(file.replace(/^.*\//, '').replace(/\.ya?ml$/, ''))}`
  return {
    kind: 'Schedule',
    id,
    name: read.name,
    props: {
      zone: read.zone,
      rotation: rotation as unknown as Json,
      escalation: read.escalation.map((address) => personRef(address).id),
      file,
      ...(read.services && { services: read.services.map((service) => serviceRef(service).id) }),
    },
    relations: [{ type: 'ownedBy', to: teamRef(read.team), why: file }],
  }
}
