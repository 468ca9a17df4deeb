import type { Contents, FileName, Sources } from './contents.js'
import type { Problem } from './problem.js'
import type { Path } from './source-file.js'

/** Rules that look at several values at once. Runs after moments are resolved. */
export function checkTogether(contents: Contents, sources: Sources): Problem[] {
  const problems: Problem[] = []
  const report = (file: FileName, path: Path, message: string) =>
    problems.push(sources.get(file)!.problem(path, message))

  const teams = contents['teams.yaml'] ?? []
  const channels = new Set(contents['organisation.yaml']?.channels.map(({ id }) => id))
  teams.forEach((team, at) =>
    team.channels.forEach(({ id }, index) => {
      if (channels.has(id))
        report(
          'teams.yaml',
          [at, 'channels', index, 'id'],
          `the channel "${id}" exists already: every channel's id is a place of its own`,
        )
      channels.add(id)
    }),
  )
  contents['organisation.yaml']?.groups.forEach(({ id }, at) => {
    if (teams.some((team) => team.id === id))
      report(
        'organisation.yaml',
        ['groups', at, 'id'],
        `"${id}" is a team, whose group has its id already: choose another`,
      )
  })
  contents['people.yaml']?.forEach(({ id, manager }, at) => {
    if (manager === id) report('people.yaml', [at, 'manager'], `${id} cannot be their own manager`)
  })
  contents['services.yaml']?.forEach(({ id, dependsOn }, at) =>
    dependsOn.forEach((other, index) => {
      if (other === id) report('services.yaml', [at, 'dependsOn', index], `${id} cannot depend on itself`)
    }),
  )
  contents['repositories.yaml']?.forEach((repository, at) => {
    if (repository.host === 'azure-devops' && !repository.project)
      report('repositories.yaml', [at], `${repository.name} is in Azure DevOps, so it needs a \`project\``)
    repository.pulls.forEach(({ number }, index) => {
      if (repository.pulls.findIndex((pull) => pull.number === number) < index)
        report(
          'repositories.yaml',
          [at, 'pulls', index, 'number'],
          `${repository.name} has two pull requests ${number}`,
        )
    })
  })
  contents['pipelines.yaml']?.forEach(({ name, environments = [], runs }, at) =>
    runs.forEach(({ environment, waits }, index) => {
      const into = environments.find((each) => each.name === environment)
      if (environment && !into)
        report(
          'pipelines.yaml',
          [at, 'runs', index, 'environment'],
          `"${environment}" is none of the environments of ${name}`,
        )
      if (waits && !into?.approvers?.length)
        report(
          'pipelines.yaml',
          [at, 'runs', index, 'waits'],
          'a run waits only for the approvers of its `environment`',
        )
    }),
  )
  const items = contents['work-items.yaml']
  items?.forEach(({ parent, after = [], pulls = [] }, at) => {
    const known = (id: number) => items.some((item) => item.id === id)
    if (parent !== undefined && !known(parent))
      report('work-items.yaml', [at, 'parent'], `there is no work item ${parent}`)
    after.forEach((id, index) => {
      if (!known(id)) report('work-items.yaml', [at, 'after', index], `there is no work item ${id}`)
    })
    pulls.forEach((pull, index) => {
      const [name, number] = pull.split('#')
      const repository = contents['repositories.yaml']?.find((each) => each.name === name)
      if (repository?.host !== 'azure-devops' || !repository.pulls.some((each) => String(each.number) === number))
        report('work-items.yaml', [at, 'pulls', index], `there is no pull request ${pull} in Azure DevOps`)
    })
  })
  contents['on-call.yaml']?.forEach(({ overrides }, at) =>
    overrides.forEach(({ from, to }, index) => {
      if (from >= to) report('on-call.yaml', [at, 'overrides', index, 'to'], 'an override must end after it begins')
    }),
  )
  contents['incidents.yaml']?.forEach(({ opened, resolved }, at) => {
    if (resolved !== undefined && resolved < opened)
      report('incidents.yaml', [at, 'resolved'], 'an incident cannot be resolved before it is opened')
  })
  return problems
}
