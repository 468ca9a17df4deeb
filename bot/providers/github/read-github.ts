import type { Delivery, ReadDelivery, Reading } from '../../../skills/kit/delivery.js'
import { repositoryRef } from '../../../skills/kit/entity-ids.js'
import type { Instant } from '../../../skills/kit/model.js'
import type { RecordedChange } from '../../../skills/kit/recorded-change.js'
import { draftChange } from '../../draft-change.js'
import { webAddress } from '../../draft-alert.js'
import { parseFields, type Fields } from '../../fields.js'

/** What an event says was changed, and when; undefined where it changed nothing that runs. */
type Change = { change: Omit<RecordedChange, 'source'>; at: Instant | undefined } | undefined

/** GitHub's events that tell of a change, by the header X-GitHub-Event (docs.github.com, "Webhook events and payloads"). */
const readers: Record<string, (body: Fields) => Change> = {
  push: readPush,
  pull_request: readMerge,
  deployment_status: readDeployment,
  release: readRelease,
}

/** Reads a webhook of GitHub. */
export const readGitHub: ReadDelivery = (delivery): Reading => {
  const body = parseFields(delivery.body)
  if (!body) return { state: 'unreadable', reason: 'Its body is not JSON, or no object.' }
  const event = delivery.headers['x-github-event']
  if (!event)
    return { state: 'unreadable', reason: 'It does not say what it is: the header X-GitHub-Event is missing.' }
  const read = Object.hasOwn(readers, event) ? readers[event] : undefined
  const found = read?.(body)
  if (!found) return { state: 'ignored', reason: `GitHub's event ${described(event, body)} tells of no change.` }
  return { state: 'read', drafts: [draft(found, body, delivery)] }
}

const described = (event: string, body: Fields): string => [event, body.text('action')].filter(Boolean).join(' ')

function draft({ change, at }: NonNullable<Change>, body: Fields, { arrived, id }: Delivery) {
  const repository = body.object('repository').text('full_name')
  const who = body.object('sender').text('login')
  return draftChange(
    { source: 'github', ...change, ...(!change.by && who && { by: { gitHub: who } }) },
    { at: at ?? arrived, id, about: repository ? [{ refs: [repositoryRef('github', repository)] }] : [] },
  )
}

function readPush(body: Fields): Change {
  const branch = /^refs\/heads\/(.+)$/.exec(body.text('ref') ?? '')?.[1]
  if (!branch || branch !== body.object('repository').text('default_branch')) return undefined
  const head = body.object('head_commit')
  const message = head.text('message')
  const [url, commit] = [webAddress(body.text('compare', 2_000)), body.text('after')]
  const title = message ? `${message} (pushed to ${branch})` : `Pushed to ${branch}`
  return {
    change: { what: 'push', title, ...(commit && { commit }), ...(url && { url }) },
    at: head.instant('timestamp'),
  }
}

function readMerge(body: Fields): Change {
  const pull = body.object('pull_request')
  if (body.text('action') !== 'closed' || pull.text('merged') !== 'true') return undefined
  const [title, number] = [pull.text('title'), pull.text('number')]
  const [url, commit] = [webAddress(pull.text('html_url', 2_000)), pull.text('merge_commit_sha')]
  return {
    change: {
      what: 'merge',
      title: `#${number ?? '?'} ${title ?? ''}`.trim(),
      ...(commit && { commit }),
      ...(url && { url }),
    },
    at: pull.instant('merged_at'),
  }
}

const deploymentOutcomes: Record<string, RecordedChange['outcome']> = {
  success: 'succeeded',
  failure: 'failed',
  error: 'failed',
}

function readDeployment(body: Fields): Change {
  const [status, deployment] = [body.object('deployment_status'), body.object('deployment')]
  const outcome = deploymentOutcomes[status.text('state') ?? '']
  if (!outcome) return undefined
  const environment = deployment.text('environment') ?? status.text('environment')
  const [url, commit] = [webAddress(status.text('target_url', 2_000)), deployment.text('sha')]
  const ref = deployment.text('ref') ?? commit?.slice(0, 7)
  // One that succeeded is a deployment; only what did not says so.
  const what = outcome === 'failed' ? 'Failed deployment' : 'Deployment'
  const title = [what, ref && `of ${ref}`, environment && `to ${environment}`].filter(Boolean).join(' ')
  const who = deployment.object('creator').text('login')
  return {
    change: {
      what: 'deployment',
      title,
      outcome,
      ...(commit && { commit }),
      ...(url && { url }),
      ...(who && { by: { gitHub: who } }),
    },
    at: status.instant('created_at'),
  }
}

function readRelease(body: Fields): Change {
  if (body.text('action') !== 'published') return undefined
  const release = body.object('release')
  const [name, url] = [release.text('name') ?? release.text('tag_name'), webAddress(release.text('html_url', 2_000))]
  return {
    change: { what: 'release', title: `Released ${name ?? ''}`.trim(), ...(url && { url }) },
    at: release.instant('published_at'),
  }
}
