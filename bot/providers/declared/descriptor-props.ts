import { dataProperty } from '../../../skills/kit/data-classes.js'
import { repositoryRef } from '../../../skills/kit/entity-ids.js'
import type { Json, Ref } from '../../../skills/kit/model.js'
import { declarationOf, resolvePath, type DeclaringFile } from './declaring-file.js'
import type { DescriptorFrame } from './parse-descriptors.js'

type Linking = DescriptorFrame & { file: DeclaringFile }

/** The links of an entity: its own, its documentation and its source, as far as annotations name them. */
export function linksOf(one: Linking): { links?: Json } {
  const own = one.links.map(({ url, title }) => ({ url, title: title ?? url }))
  const more = [
    ['Documentation', addressIn(one, one.annotations['backstage.io/techdocs-ref'])],
    ['Source', addressIn(one, one.annotations['backstage.io/source-location'])],
  ] as const
  const links = [...own, ...more.flatMap(([title, url]) => (url ? [{ url, title }] : []))]
  return links.length ? { links } : {}
}

/** The runbook that a link of the type `runbook` names; an annotation of Nexus's own counts before it. */
export function runbookOf({ links, annotations }: DescriptorFrame): { runbook?: string } {
  const link = links.find(({ type }) => type?.toLowerCase() === 'runbook')
  return link && !annotations['nexus/runbook'] ? { runbook: link.url } : {}
}

/** `url:https://…` or `dir:.`, as annotations of Backstage name places; a folder is one beside the file. */
function addressIn({ file }: Linking, place: string | undefined): string | undefined {
  const [, scheme, rest] = /^(url|dir):(.+)$/.exec(place ?? '') ?? []
  if (scheme === 'url') return /^https:\/\//.test(rest!) ? rest : undefined
  const path = scheme === 'dir' ? resolvePath(file.path, rest!) : undefined
  if (path === undefined) return undefined
  return file.url.endsWith(file.path) ? file.url.slice(0, file.url.length - file.path.length) + path : undefined
}

/** Which classes of restricted data something holds, as an annotation says it. */
export const dataOf = ({ annotations }: Pick<DescriptorFrame, 'annotations'>): Record<string, Json> =>
  annotations['nexus/data'] ? { [dataProperty]: annotations['nexus/data'] } : {}

/** Properties that descriptors of Nexus's own annotations give. */
export function annotated({ annotations }: DescriptorFrame): Record<string, Json> {
  const given = ['tier', 'version', 'runbook', 'language'].flatMap((name): [string, Json][] => {
    const value = annotations[`nexus/${name}`]
    return value ? [[name, value]] : []
  })
  // An id is what PagerDuty made; files that name a service in words say nothing that PagerDuty knows.
  const pager = annotations['pagerduty.com/service-id']
  return {
    ...Object.fromEntries(given),
    ...dataOf({ annotations }),
    ...(pager && /^[A-Z0-9]{7,14}$/.test(pager) && { pagerDutyId: pager }),
  }
}

/** What is said of any entity in words. */
export const described = (one: Linking & { kind: string }): Record<string, Json> => ({
  ...(one.description && { summary: one.description }),
  ...(one.annotations['backstage.io/view-url'] && { url: one.annotations['backstage.io/view-url'] }),
  ...(one.kind !== 'own' && { declaration: declarationOf(one.file) }),
})

/** How an entity is called. */
export function namesOf(one: DescriptorFrame): { name: string; aliases: string[] } {
  const said = one.annotations['nexus/aliases']?.split(',').map((alias) => alias.trim()) ?? []
  return { name: one.name, aliases: [...(one.title ? [one.title] : []), ...said].filter(Boolean) }
}

/** The repositories of which annotations say that it is built from them; the one the file stands in where none does. */
export function repositoriesOf({ annotations, file }: Linking): Ref[] {
  const said = [
    ['github', annotations['github.com/project-slug']],
    ['azure-devops', annotations['dev.azure.com/project-repo']],
  ] as const
  const refs = said.flatMap(([host, slug]) => (slug && /^[^/]+\/[^/]+$/.test(slug) ? [repositoryRef(host, slug)] : []))
  return refs.length ? refs : [file.repository]
}
