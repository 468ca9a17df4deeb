import { readFileSync, readdirSync } from 'node:fs'

/** Linux counts processor time in ticks of 10 ms for every program (`man 5 proc`, USER_HZ). */
const tick = 10

/** Milliseconds of processor time that a process has used, over all its threads; undefined where there is no `/proc`. */
export function processorTime(pid: number): number | undefined {
  const fields = statFields(pid)
  return fields && (Number(fields[11]) + Number(fields[12])) * tick
}

/** Megabytes (10^6 bytes) of memory that a process holds (resident set); undefined where there is no `/proc`. */
export function residentMemory(pid: number): number | undefined {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/status`) ?? '') ?? []
  return kilobytes === undefined ? undefined : (Number(kilobytes) * 1024) / 1e6
}

/** A process that another started, directly or not, and the command line it runs. */
export interface Descendant {
  pid: number
  command: string
}

/** Every process below a process; none where there is no `/proc`. */
export function descendants(pid: number): Descendant[] {
  const parents = new Map(processes().map((one) => [one, Number(statFields(one)?.[1])]))
  const below = (parent: number): number[] =>
    [...parents].filter(([, of]) => of === parent).flatMap(([child]) => [child, ...below(child)])
  return below(pid).map((one) => ({ pid: one, command: (read(`/proc/${one}/cmdline`) ?? '').replaceAll('\0', ' ') }))
}

function processes(): number[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
  } catch {
    return [] // not Linux
  }
}

/** The fields of `/proc/<pid>/stat` from the state on; the name before them may contain anything. */
const statFields = (pid: number): string[] | undefined => read(`/proc/${pid}/stat`)?.split(') ').at(-1)?.split(' ')

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined // it has ended, or this is not Linux
  }
}
