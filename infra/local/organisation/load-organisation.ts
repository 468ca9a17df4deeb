import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { z } from 'zod/v4'
import { uuidOf } from '../frame/ids.js'
import { checkApiManagement } from './check-api-management.js'
import { checkMeaning, type Names } from './check-meaning.js'
import { checkShape } from './check-shape.js'
import { checkTogether } from './check-together.js'
import type { Contents, FileName, Sources } from './contents.js'
import { fillInResources } from './fill-in-resources.js'
import type { Organisation } from './model.js'
import { didYouMean } from './nearest-name.js'
import { inOrder, OrganisationError, type Problem } from './problem.js'
import { files } from './schema/files.js'
import { SourceFile } from './source-file.js'

const names = Object.keys(files) as FileName[]
/** Without these there is no organisation; another file may be absent, which is an empty list. */
const compulsory: FileName[] = ['organisation.yaml', 'people.yaml', 'teams.yaml', 'services.yaml']

/**
 * Loads an organisation's folder. Only its own `*.yaml` files are read; folders in it are somebody else's.
 * @param anchor what relative moments count from: the first start. The same one must be given at every start.
 * @throws OrganisationError with all mistakes at once.
 */
export async function loadOrganisation(folder: string, anchor: Date): Promise<Organisation> {
  const { texts, problems } = await readFolder(folder)
  const sources: Sources = new Map()
  const contents: Contents = {}
  for (const [file, text] of texts) {
    const source = new SourceFile(file, text)
    sources.set(file, source)
    problems.push(...read(source, file, contents))
  }
  for (const [file, source] of sources)
    if (contents[file]) problems.push(...checkMeaning(source, file, contents[file], namesIn(contents, texts), anchor))
  problems.push(...checkTogether(contents, sources))
  const organisation = contents['organisation.yaml']
  const subscriptions = (organisation?.subscriptions ?? []).map(({ id, ...rest }) => ({
    id: uuidOf(`${organisation!.domain}/subscription/${id}`),
    key: id,
    ...rest,
  }))
  const { resources, problems: inEntries } = fillInResources(
    contents['resources.yaml'] ?? [],
    (environment) => subscriptions.find((subscription) => subscription.environment === environment)?.id,
    anchor,
  )
  const resourceFile = sources.get('resources.yaml')
  problems.push(...inEntries.map(({ path, message }) => resourceFile!.problem(path, message)))
  const published = contents['api-management.yaml'] ?? []
  if (!problems.length)
    for (const { path, message } of checkApiManagement(published, resources))
      problems.push(sources.get('api-management.yaml')!.problem(path, message))
  if (problems.length > 0 || !organisation) throw new OrganisationError(folder, inOrder(problems))
  const { groups, channels, tenant, ...rest } = organisation
  return {
    ...rest,
    generation: generationOf(texts, anchor),
    tenant: tenant ?? uuidOf(`${organisation.domain}/tenant`),
    subscriptions,
    channels,
    groups,
    people: contents['people.yaml']!,
    teams: contents['teams.yaml']!,
    services: contents['services.yaml']!.map((service) => ({ ...service, name: service.name ?? service.id })),
    resources,
    apiManagement: published,
    repositories: contents['repositories.yaml'] ?? [],
    pipelines: contents['pipelines.yaml'] ?? [],
    workItems: contents['work-items.yaml'] ?? [],
    schedules: contents['on-call.yaml'] ?? [],
    incidents: contents['incidents.yaml'] ?? [],
    costs: contents['costs.yaml'] ?? [],
  }
}

async function readFolder(folder: string): Promise<{ texts: Map<FileName, string>; problems: Problem[] }> {
  const texts = new Map<FileName, string>()
  const problems: Problem[] = []
  const report = (file: string, message: string) => problems.push({ file, line: 0, column: 0, message })
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    const why = error.code === 'ENOENT' ? 'there is no such folder' : `it cannot be read (${error.code})`
    throw new OrganisationError(folder, [
      {
        file: '',
        line: 0,
        column: 0,
        message: `${why}: NEXUS_LOCAL_ORG names the folder of an organisation's YAML files`,
      },
    ])
  })
  for (const { name } of entries.filter((entry) => !entry.isDirectory() && /\.ya?ml$/.test(entry.name))) {
    if (!names.includes(name as FileName)) report(name, `an organisation has no such file${didYouMean(name, names)}`)
    else
      await readFile(join(folder, name), 'utf8').then(
        (text) => texts.set(name as FileName, text),
        (error: NodeJS.ErrnoException) => report(name, `cannot be read (${error.code})`),
      )
  }
  for (const file of compulsory)
    if (!entries.some(({ name }) => name === file)) report(file, 'is missing: FORMAT.md says what belongs in it')
  return { texts, problems }
}

function read(source: SourceFile, file: FileName, contents: Contents): Problem[] {
  const syntax = source.syntaxProblem()
  if (syntax) return [syntax]
  const checked = checkShape(source, files[file] as z.ZodType)
  if ('problems' in checked) return checked.problems
  Object.assign(contents, { [file]: checked.value })
  return []
}

/** The names there are. A file that is absent has none; one with mistakes may have any. */
function namesIn(contents: Contents, texts: Map<FileName, string>): Names {
  const list = <F extends FileName>(file: F, pick: (value: NonNullable<Contents[F]>) => string[]) => {
    const value = contents[file]
    if (value) return pick(value)
    return texts.has(file) || compulsory.includes(file) ? undefined : []
  }
  return {
    person: list('people.yaml', (people) => people.map(({ id }) => id)),
    team: list('teams.yaml', (teams) => teams.map(({ id }) => id)),
    service: list('services.yaml', (services) => services.map(({ id }) => id)),
    repository: list('repositories.yaml', (repositories) => repositories.map(({ name }) => name)),
    project: list('organisation.yaml', ({ azureDevOps }) => azureDevOps.projects.map(({ name }) => name)),
    environment: list('organisation.yaml', ({ subscriptions }) => subscriptions.map(({ environment }) => environment)),
    region: list('organisation.yaml', ({ regions }) => [...regions, 'global']),
  }
}

function generationOf(texts: Map<FileName, string>, anchor: Date): string {
  const hash = createHash('sha256').update(anchor.toISOString())
  for (const file of names) hash.update(`\0${file}\0${texts.get(file) ?? ''}`)
  return hash.digest('hex').slice(0, 16)
}
