import type { Kind } from '../../../skills/kit/model.js'
import { says, type Sample } from '../sample.js'

/** Things, whose they are and what hangs on them. */
export const catalog: readonly Sample[] = [
  says('service', 'A service: whose, how it stands, what hangs on it.', 'kofi', 'show checkout-web'),
  says('resource', 'An Azure resource.', 'dana', 'show st123'),
  shown('resource-app', 'A web app.', 'Resource', 'sites/'),
  shown('api', 'An API: where it is published, in which versions and stages.', 'Api', 'orders-api'),
  shown('api-declared', 'An API that a file declares too, which is believed first.', 'Api', 'payments-api'),
  shown('repository', 'A repository.', 'Repository', 'payments-api'),
  shown('pull-request', 'A pull request, headed by its title.', 'PullRequest', '#482'),
  shown('work-item', 'A work item.', 'WorkItem', ''),
  shown('pipeline', 'A pipeline.', 'Pipeline', ''),
  shown('schedule', 'A schedule.', 'Schedule', ''),
  says('team', 'A team: what it owns, by kind.', 'dana', 'show identity'),
  says('person', 'A person.', 'dana', 'who is Mei Lin'),
  says('owner', 'Whose it is, and by which evidence.', 'kofi', 'who owns checkout-web'),
  says('owner-disputed', 'Two sources disagree; neither silently wins.', 'dana', 'who owns notifications-worker'),
  {
    name: 'owner-none',
    shows: 'Nobody’s: what was looked at.',
    reply: (contoso) => contoso.ask('dana', 'who owns gift-cards-api'),
  },
  says('depends', 'Who feels it when it fails, by distance.', 'sam', 'what depends on payments-db'),
  says('depends-down', 'What it stands on.', 'kofi', 'what does checkout-web need'),
  says(
    'found',
    'What meets a question: each row says why it is there.',
    'dana',
    'production databases not backed up in 7 days',
  ),
  says(
    'found-none',
    'Nothing meets it, and what would.',
    'dana',
    'find Service where tier = high and lifecycle = experimental',
  ),
  says('unowned', 'What nobody owns.', 'dana', 'unowned'),
  says('disputed', 'What several are said to own.', 'dana', 'disputed'),
  says('changed', 'What moved between two moments, by thing.', 'dana', 'what changed in team atlas since Monday'),
  says('was', 'How a thing was, and since when that is known.', 'dana', 'what did checkout look like yesterday at 9'),
  says('impact', 'What fails with a thing, also where it is no service.', 'dana', 'impact of redis-tokens-prd'),
  says('path', 'A shortest way between two.', 'dana', 'path from checkout-web to payments-db'),
  says('search', 'Words found anywhere, the best first.', 'dana', 'search retry policy'),
  {
    name: 'hidden',
    shows: 'Why somebody does not see a thing, without saying whether it is there.',
    reply: (contoso) => contoso.ask('dana', "why can't I see kv-payments-prd", { role: 'guest' }),
  },
  says('depends-none', 'Nothing hangs on it.', 'kofi', 'what depends on edge-gateway'),
]

/** The first entity of a kind whose id has a part in it, as the catalog shows it. */
function shown(name: string, shows: string, kind: Kind, part: string): Sample {
  return {
    name,
    shows,
    reply: (contoso) => {
      const found = contoso.small.index.all(kind).find(({ id }) => id.includes(part))
      if (!found) throw new Error(`Contoso has no ${kind} with ${part} in its id.`)
      return contoso.run('dana', 'catalog.show', { entity: { kind, id: found.id } })
    },
  }
}
