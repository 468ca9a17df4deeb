import type { Row, Text } from '../../cards/model.js'
import { count, dotted, instantProp, textProp } from '../kit/answer.js'
import { follow, unique } from '../kit/belongings.js'
import type { Entity, Instant } from '../kit/model.js'
import type { Proposal, Run } from '../kit/proposal.js'
import type { Button, Section } from '../kit/reply.js'
import { dayIn, daysBetween, dayTitle, weekdayOf, weekdayTitles } from '../kit/zoned-time.js'
import { isOpen } from './broken-now.js'
import type { Matter, Part } from './contents.js'
import { mostRows } from './waiting-changes.js'

/** A change of the person's that came to its end. */
interface Ended {
  proposal: Proposal
  run: Run
  ended: Instant
}

/** What happened to the person's things since the last digest: what failed by name, the rest by number. */
export async function lately(matter: Matter): Promise<Part> {
  const { me, services, teams, since, turn } = matter
  const { catalog } = turn
  const affecting = await follow('affects', 'in', services, catalog)
  const resolved = affecting.filter((one) => one.kind === 'Incident' && !isOpen(one) && isSince(one, 'resolved', since))
  const repositories = unique([
    ...(await follow('builtFrom', 'out', services, catalog)),
    ...(await follow('ownedBy', 'in', teams, catalog)),
  ]).filter(({ kind }) => kind === 'Repository')
  const pipelines = (await follow('builtFrom', 'in', repositories, catalog)).filter(
    (one) => one.kind === 'Pipeline' && isSince(one, 'lastRun', since),
  )
  // Whoever cannot see the changes still sees the rest.
  const listed = await turn.proposals.list({ by: me.id }).catch(() => [])
  const runs = listed.flatMap(({ proposal, run }): Ended[] =>
    run?.ended !== undefined && run.ended > since ? [{ proposal, run, ended: run.ended }] : [],
  )
  const failedRuns = runs.filter(({ run }) => run.state !== 'succeeded')
  const failed = pipelines.filter((one) => textProp(one, 'state') === 'failed')
  const passed = pipelines.filter((one) => textProp(one, 'state') === 'succeeded').length
  const changed = runs.length - failedRuns.length
  const good = [
    passed && `${count(passed, 'pipeline')} passed`,
    changed && `${count(changed, 'change')} of yours done`,
    resolved.length && `${count(resolved.length, 'incident')} resolved`,
  ].filter((part) => typeof part === 'string')
  const rows = [...failedRuns.map(runRow), ...failed.map(pipelineRow)]
  if (!rows.length && !good.length) return { needs: 0 }
  const words = [...good, ...(rows.length ? [] : ['nothing of yours failed'])].join(' · ')
  return { needs: 0, section: sectionOf(titleOf(matter), words, rows) }
}

const isSince = (entity: Entity, prop: string, since: Instant): boolean => (instantProp(entity, prop) ?? '') > since

function sectionOf(title: string, words: string, rows: Row<Button>[]): Section {
  if (!rows.length) return { kind: 'text', title, text: words }
  const shown = rows.slice(0, mostRows)
  const rest: Row<Button>[] = words ? [{ icon: 'done', title: words }] : []
  return { kind: 'rows', title, rows: [...shown, ...rest], ...(rows.length > mostRows && { total: rows.length + 1 }) }
}

/** "Since yesterday", "Since Friday", "Since Friday 6 November". */
function titleOf({ since, person: { zone }, turn }: Matter): string {
  const day = dayIn(zone, since)
  const days = daysBetween(day, dayIn(zone, turn.now))
  if (days <= 1) return days < 1 ? 'Since this morning' : 'Since yesterday'
  return `Since ${days < 7 ? weekdayTitles[weekdayOf(day)] : dayTitle(day)}`
}

const runRow = ({ proposal, run, ended }: Ended): Row<Button> => ({
  state: run.state === 'failed' || run.state === 'unknown' ? 'attention' : 'emphasis',
  title: `${proposal.plan.title}: ${run.state === 'unknown' ? 'nobody knows how it ended' : run.state}`,
  ...(run.reason && { detail: run.reason }),
  end: [{ ago: ended }],
  select: {
    title: `Show ${proposal.id}`,
    intent: { command: 'approval.show', args: { proposal: { kind: 'Proposal', id: proposal.id } } },
    dialog: true,
  },
})

function pipelineRow(pipeline: Entity): Row<Button> {
  const { kind, id, name } = pipeline
  const at = instantProp(pipeline, 'lastRun')
  const number = textProp(pipeline, 'lastNumber')
  const detail: Text | undefined = dotted(textProp(pipeline, 'project'), number && `run ${number}`)
  return {
    state: 'attention',
    title: `${name} failed`,
    detail,
    ...(at && { end: [{ ago: at }] }),
    select: {
      title: `Show ${name}`,
      intent: { command: 'catalog.show', args: { entity: { kind, id } } },
      dialog: true,
    },
  }
}
