import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { checkShape } from '../organisation/check-shape.js'
import type { Organisation } from '../organisation/model.js'
import { didYouMean } from '../organisation/nearest-name.js'
import { inOrder, OrganisationError, type Problem } from '../organisation/problem.js'
import { SourceFile, type Path } from '../organisation/source-file.js'
import { Story } from './story.js'

/** Folder of an organisation's stories. */
const folderOf = (organisation: string) => join(organisation, 'storms')

/** Names of an organisation's stories, in order; none where it has none. */
export async function listStories(organisation: string): Promise<string[]> {
  const folder = folderOf(organisation)
  if (!existsSync(folder)) return []
  const names = await readdir(folder)
  return names.flatMap((name) => /^([a-z0-9][a-z0-9-]*)\.ya?ml$/.exec(name)?.[1] ?? []).sort()
}

/**
 * Reads a story and checks that everything it names is there.
 * @param organisation the organisation's folder
 * @throws OrganisationError with all mistakes at once
 */
export async function loadStory(organisation: string, name: string, org: Organisation): Promise<Story> {
  const folder = folderOf(organisation)
  const file = [`${name}.yaml`, `${name}.yml`].find((each) => existsSync(join(folder, each))) ?? `${name}.yaml`
  const source = new SourceFile(file, await readFile(join(folder, file), 'utf8'))
  const syntax = source.syntaxProblem()
  if (syntax) throw new OrganisationError(folder, [syntax])
  const checked = checkShape(source, Story)
  if ('problems' in checked) throw new OrganisationError(folder, inOrder(checked.problems))
  const problems = checkNames(checked.value, source, org)
  if (problems.length > 0) throw new OrganisationError(folder, inOrder(problems))
  return checked.value
}

function checkNames(story: Story, source: SourceFile, org: Organisation): Problem[] {
  const problems: Problem[] = []
  const want = (path: Path, what: string, name: string, known: readonly string[]) => {
    if (!known.includes(name))
      problems.push(source.problem(path, `${path.at(-1)}: there is no ${what} "${name}"${didYouMean(name, known)}`))
  }
  const resources = org.resources.map((resource) => resource.name)
  const channels = [...org.channels, ...org.teams.flatMap((team) => team.channels)].map((channel) => channel.id)
  want(['watch'], 'channel', story.watch, channels)
  for (const [id, alert] of Object.entries(story.alerts)) want(['alerts', id, 'on'], 'resource', alert.on, resources)
  const firing = new Set<string>()
  for (const [index, act] of story.acts.entries()) {
    const path = (...rest: string[]): Path => ['acts', index, ...rest]
    if (index > 0 && act.at < story.acts[index - 1]!.at)
      problems.push(source.problem(path('at'), 'at: acts stand in the order of time.'))
    if ('deploy' in act) {
      const { service, by, site, slot } = act.deploy
      want(
        path('deploy', 'service'),
        'service',
        service,
        org.services.map((each) => each.id),
      )
      want(
        path('deploy', 'by'),
        'person',
        by,
        org.people.map((each) => each.id),
      )
      want(path('deploy', 'site'), 'resource', site, resources)
      want(path('deploy', 'slot'), `slot of ${site}`, slot, slotsOf(org, site))
    } else {
      const [key, alert] = 'fire' in act ? ['fire', act.fire] : ['resolve', act.resolve]
      want(path(key), 'alert in this story', alert, Object.keys(story.alerts))
      if ((key === 'fire') === firing.has(alert))
        problems.push(
          source.problem(path(key), `${key}: ${alert} ${key === 'fire' ? 'fires already' : 'is not firing'}.`),
        )
      if (key === 'fire') firing.add(alert)
      else firing.delete(alert)
    }
  }
  return problems
}

/** Names of a web app's slots. */
const slotsOf = ({ resources }: Organisation, site: string): string[] =>
  resources.flatMap(({ id }) => new RegExp(`/sites/${site}/slots/([^/]+)$`, 'i').exec(id)?.[1] ?? [])
