import type { Project, Reading } from './reading.js'
import { isClosed } from './unread.js'

/**
 * Whether a project, a part of which is closed to Nexus, is closed altogether, which is noted, or is gone, which leaves nothing to note.
 */
export async function isClosedAsAWhole({ client, signal, unread }: Reading, project: Project): Promise<boolean> {
  const isOpen = (at: string): Promise<boolean> =>
    client.get(at, { $top: 1 }, signal).then(
      () => true,
      (error: unknown) => {
        if (isClosed(error)) return false
        throw error
      },
    )
  if (!(await isOpen(`_apis/projects/${project.id}`))) return true
  for (const part of ['git/repositories', 'build/definitions'])
    if (await isOpen(`${project.id}/_apis/${part}`)) return false
  unread.project(project.name)
  return true
}
