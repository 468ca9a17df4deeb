import { inParallel } from './in-parallel.js'

/** How often claiming looks again at what is left, where others claim at the same time. */
const mostRounds = 30

/**
 * Claims up to `limit` of what can be claimed. Whoever is not first with one goes on with the next.
 * @param find what can be claimed now, the first so many
 * @param claim claims one; undefined where somebody else was first
 */
export async function claimEach<Candidate, Claimed>(
  limit: number,
  find: (count: number) => Promise<Candidate[]>,
  claim: (candidate: Candidate) => Promise<Claimed | undefined>,
): Promise<Claimed[]> {
  const claimed: Claimed[] = []
  for (let round = 0; round < mostRounds && claimed.length < limit; round += 1) {
    const candidates = await find(limit - claimed.length)
    if (candidates.length === 0) break
    const won = (await inParallel(candidates, claim)).filter((one) => one !== undefined)
    claimed.push(...won)
    if (won.length === candidates.length && candidates.length < limit - claimed.length) break
  }
  return claimed
}
