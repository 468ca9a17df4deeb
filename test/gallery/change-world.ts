import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClock } from '../../bot/clock.js'
import { startLocalCloud, type LocalCloud } from '../../bot/providers/azure/testing/local-cloud.js'
import { declarationsPort } from '../../bot/providers/declared/declarations-port.js'
import { gitHubPullFiles } from '../../bot/providers/github/pull-files.js'
import { githubApp } from '../../infra/local/github/app.js'
import { gitHub } from '../../infra/local/github/github.js'
import { loadOrganisation } from '../../infra/local/organisation/load-organisation.js'
import { projectRoot } from '../../infra/local/project-root.js'
import { startVendors, type Started } from '../../infra/local/testing/start-vendors.js'
import type { Declarations } from '../../skills/kit/declarations.js'
import { repositoryRef } from '../../skills/kit/entity-ids.js'
import type { Role } from '../../skills/kit/model.js'
import type { Reply } from '../../skills/kit/reply.js'
import { openChangeHub } from '../changes/change-hub.js'
import type { Contoso } from './contoso.js'

/** Contoso's hub with its changes, the local Azure and GitHub they work on, and a clock that ends at the moment of the samples. */
export interface ChangeWorld {
  /** What Nexus answers to somebody's words; `as` is the start of their mail address. */
  say(as: string, words: string): Promise<Reply>
  /** Asks for a change and gives the proposal's id. */
  propose(as: string, words: string): Promise<string>
  /** Presses a button of a proposal's card as somebody sees it. */
  click(as: string, id: string, title: string, inputs?: Record<string, string>): Promise<void>
  /** Asks for the way back of what a proposal did, and gives the id of the proposal for that. */
  undo(as: string, id: string): Promise<string>
  /** A proposal's card as somebody sees it, or everybody. */
  draw(id: string, viewer?: string): Promise<Reply>
  /** Lets seconds pass, so many at once (five unless told), doing what falls due. */
  pass(seconds: number, atOnce?: number): Promise<void>
  /** The Azure that the changes work on. */
  local: LocalCloud
}

/** The way to say things in files of the local GitHub. */
function declarationsOf({ base, services }: Started, organisation: string): Declarations {
  const { appId, privateKey } = githubApp(services)
  const app = { endpoint: `${base}/github`, organisation, appId: String(appId), privateKey }
  return declarationsPort(gitHubPullFiles(app), repositoryRef('github', `${organisation}/nexus-settings`))
}

/** The groups of Contoso's directory that give roles, as the product has them unless told. */
const roleGroups: Record<string, Role> = {
  'Nexus Developers': 'developer',
  'Nexus Team Leads': 'team-lead',
  'Nexus Platform Engineers': 'platform-engineer',
  'Nexus Admins': 'admin',
}

/**
 * Plays a story with Contoso's real catalog, the real changes and actions, and a local Azure of its own.
 * @param withCode whether it is about code too: then there is a local GitHub of its own
 * @param seconds how long before the moment of the samples it begins; it ends at that moment, so that ages are right
 */
export async function playChanges<T>(
  contoso: Contoso,
  seconds: number,
  story: (world: ChangeWorld) => Promise<T>,
  withCode = false,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'nexus-gallery-changes-'))
  const begin = new Date(Date.parse(contoso.now) - seconds * 1000).toISOString()
  const org = await loadOrganisation(join(projectRoot(), 'infra/local/contoso'), new Date(contoso.now))
  const local = await startLocalCloud({ read: 5_000, change: 1_000 }, { org, now: begin })
  // GitHub checks when the app signed its tokens, which is done in real time.
  const code = withCode ? await startVendors({ org, vendors: [gitHub] }) : undefined
  const clock = createClock()
  clock.set(begin)
  const own = contoso.small.registry.skills.filter(({ name }) => !['approval', 'run'].includes(name))
  const hub = await openChangeHub({
    folder,
    clock,
    skills: own,
    catalog: { records: { replica: contoso.copyReplica(folder) }, roleGroups },
    cloud: local.cloud,
    ...(contoso.learnt && { learnt: contoso.learnt }),
    // Half a dozen worlds may be played at once.
    patience: 60_000,
    ...(code && { declarations: declarationsOf(code, org.github.organisation) }),
  })
  const objectIdOf = (as: string): string => {
    const person = contoso.small.index.all('Person').find(({ id }) => id.startsWith(`${as}@`))
    return String(person?.props['objectId'])
  }
  const pass = async (seconds: number, atOnce = 5) => {
    for (let left = seconds; left > 0; left -= atOnce) {
      local.advance(Math.min(atOnce, left))
      clock.set(local.now())
      await hub.settle()
    }
  }
  const say = async (as: string, words: string) => (await hub.say(objectIdOf(as), words)).reply
  const click: ChangeWorld['click'] = async (as, id, title, inputs = {}) => {
    const { outcome, reply } = await hub.click(objectIdOf(as), id, title, inputs)
    // A vote is noted, a way back is proposed.
    if (outcome !== 'note' && outcome !== 'propose')
      throw new Error(`“${title}” came to ${outcome}: ${JSON.stringify(reply.text)}`)
  }
  try {
    return await story({
      say,
      pass,
      local,
      draw: (id, viewer = 'everyone') => hub.draw(id, viewer === 'everyone' ? viewer : objectIdOf(viewer)),
      async propose(as, words) {
        const { view, text } = await say(as, words)
        if (view?.kind !== 'Proposal') throw new Error(`“${words}” proposed nothing: ${JSON.stringify(text)}`)
        return view.id
      },
      click,
      async undo(as, id) {
        await click(as, id, 'Undo this change')
        return (await hub.get(id))!.proposal.undoneBy!
      },
    })
  } finally {
    await hub.stop()
    await local.close()
    await code?.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
