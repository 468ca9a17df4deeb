import { pathParts, type LinkReader, type LinkTarget } from '../../../skills/kit/link.js'
import { adoRepository, pipelineRef, pullRef, runRef, workItemRef } from './azure-devops-ids.js'

const number = /^\d{1,15}$/

/**
 * Reads addresses of Azure DevOps' pages: a repository, a pull request, a work item also where a board shows it, a pipeline and its runs.
 * @param organisation its address, such as `https://dev.azure.com/contoso`; the older `contoso.visualstudio.com` is read as well
 */
export function azureDevOpsLinks(organisation: string): LinkReader {
  const { hostname, pathname } = new URL(organisation)
  const above = pathname.split('/').filter(Boolean)
  const older = `${above.at(-1)?.toLowerCase()}.visualstudio.com`
  return {
    domains: hostname === 'dev.azure.com' ? [hostname, older] : [hostname],
    read(address) {
      const parts = pathParts(address) ?? []
      if (address.hostname === older) return targetsOf(parts, address.searchParams)
      const own = above.every((part, index) => part.toLowerCase() === parts[index]?.toLowerCase())
      return own ? targetsOf(parts.slice(above.length), address.searchParams) : []
    },
  }
}

function targetsOf(parts: readonly string[], asked: URLSearchParams): LinkTarget[] {
  const at = parts.findIndex((part) => part.startsWith('_'))
  const [project, page, ...rest] = at === 0 ? [undefined, ...parts] : [parts[0], ...parts.slice(at)]
  const numbered = (name: string): string | undefined => {
    const value = asked.get(name) ?? ''
    return number.test(value) ? value : undefined
  }
  const item = page === '_workitems' && rest[0] === 'edit' ? rest[1] : numbered('workitem')
  if (item !== undefined) return number.test(item) ? [workItemRef(item)] : []
  if (page === '_git' && rest[0]) {
    // Of the repository that is called as its project is, the address leaves the project out.
    const repository = adoRepository(project ?? rest[0], rest[0])
    if (rest[1]?.toLowerCase() !== 'pullrequest') return [repository]
    return number.test(rest[2] ?? '') ? [pullRef(repository, rest[2]!)] : []
  }
  if (page !== '_build' || project === undefined) return []
  const [run, pipeline] = [numbered('buildId'), numbered('definitionId')]
  return run ? [runRef(project, run)] : pipeline ? [pipelineRef(project, pipeline)] : []
}
