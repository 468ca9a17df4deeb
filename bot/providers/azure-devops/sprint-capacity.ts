/** A sprint, its days as milliseconds since 1970 at midnight UTC, the last one included. */
export interface Sprint {
  start: number
  finish: number
}

/** Somebody's part in a sprint. */
export interface Planned {
  /** The person's catalog id; absent for somebody without an address. */
  person?: string
  /** Hours a day, of all their activities. */
  hours: number
  /** Days away, first and last included. */
  away: readonly Sprint[]
}

const DAY = 86_400_000
const week = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']
/** Longest sprint that is counted; a longer one is a mistake. */
const mostDays = 366

/**
 * Hours that each can work in a sprint, as Azure Boards counts them: a day's hours for each of the team's working days on which
 * neither the team nor they are away. Pure. (learn.microsoft.com, "Set sprint capacity".)
 * @param workingDays names of days in lower case
 */
export function hoursOf(
  sprint: Sprint,
  workingDays: readonly string[],
  teamAway: readonly Sprint[],
  planned: readonly Planned[],
): number[] {
  const isIn = (day: number) => (range: Sprint) => day >= range.start && day <= range.finish
  const days: number[] = []
  for (let day = sprint.start; day <= sprint.finish && days.length < mostDays; day += DAY)
    if (workingDays.includes(week[new Date(day).getUTCDay()]!) && !teamAway.some(isIn(day))) days.push(day)
  return planned.map(({ hours, away }) => hours * days.filter((day) => !away.some(isIn(day))).length)
}
