import { z } from 'zod/v4'
import { plainName } from '../../skills/kit/entity-ids.js'
import type { Claim } from '../../skills/kit/model.js'
import { locateYaml, saysIssues } from './settings-file.js'

/** The folder of the settings in which an organisation keeps its runbooks, one Markdown file each. */
export const runbooksFolder = 'runbooks'

const Head = z.strictObject({
  title: z.string().trim().min(1).max(200),
  services: z.array(z.string().trim().min(1)).default([]),
  symptoms: z.array(z.string().trim().min(1)).default([]),
})

/** A runbook as the catalog takes it, and what is wrong with its file: a sentence each, with the line. */
export interface ReadRunbook {
  claim?: Claim
  mistakes: string[]
}

/**
 * Reads a runbook, a Markdown file with a head:
 *
 *     ---
 *     title: Auth token cache
 *     services: [auth-api, token-cache]      # names of the catalog, which it is for
 *     symptoms: [sign-in fails]
 *     ---
 *     # Auth token cache …
 *
 * @param path in the settings; the runbook's id
 * @param url where people read it
 */
export function readRunbook(path: string, text: string, url: string): ReadRunbook {
  const [, head] = /^---\r?\n([^]*?)\r?\n---\r?\n/.exec(text) ?? []
  if (head === undefined)
    return {
      mistakes: [`${path}, line 1: it has no head; begin with a line ---, then title, services, symptoms, then ---`],
    }
  // A comment stands for the line that opens the head, so that lines count as in the file.
  const yaml = locateYaml(path, `#\n${head}`)
  if (yaml.mistakes) return { mistakes: yaml.mistakes }
  const read = Head.safeParse(yaml.value)
  if (!read.success) return { mistakes: saysIssues(yaml, read.error.issues) }
  const { title, services, symptoms } = read.data
  return {
    mistakes: [],
    claim: {
      kind: 'Runbook',
      id: path,
      name: title,
      props: { url, symptoms, summary: symptoms.length ? `For: ${symptoms.join(', ')}` : 'A runbook' },
      relations: services.map((name) => ({
        type: 'documents' as const,
        to: { kind: 'Service' as const, id: plainName(name) },
        why: path,
      })),
    },
  }
}
