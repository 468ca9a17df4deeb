import { createHash } from 'node:crypto'
import type { DeclarationDraft, Declarations, DeclarationWish } from '../../../skills/kit/declarations.js'
import { plainName } from '../../../skills/kit/entity-ids.js'
import { badInput, conflict } from '../../../skills/kit/errors.js'
import type { Ref } from '../../../skills/kit/model.js'
import type { PullFiles } from '../../pull-files.js'
import { changedLines, editDescriptor } from './edit-descriptor.js'
import { catalogFolder } from './which-files.js'

/** Lines of a change that are shown; a longer one is a whole file. */
const mostLines = 30

/**
 * Changes of descriptors, proposed as pull requests where the code is.
 * @param files undefined where no code host is configured
 * @param settings the repository for what belongs to none
 */
export function declarationsPort(files: PullFiles | undefined, settings: Ref | undefined): Declarations {
  const host = (): PullFiles => {
    if (files) return files
    throw badInput(
      'No code host is configured, so nothing can be proposed.',
      'An administrator sets NEXUS_GITHUB_ORGANISATION and its app.',
    )
  }

  function placeOf({ entity, place }: DeclarationWish): { repository: Ref; path: string } {
    if (place) return place
    if (settings) return { repository: settings, path: `${catalogFolder}/${plainName(entity.name)}.yaml` }
    throw badInput(
      `${entity.name} belongs to no repository, and there is none for settings.`,
      'An administrator sets NEXUS_SETTINGS_REPOSITORY, whose folder catalog says what belongs to no repository.',
    )
  }

  async function made(wish: DeclarationWish): Promise<DeclarationDraft & { text: string }> {
    const { repository, path } = placeOf(wish)
    const fullName = fullNameOf(repository)
    const file = await host().read(fullName, path)
    const { text, before } = editDescriptor(file?.text, wish)
    if (text === file?.text) throw badInput(`${path} of ${fullName} says so already.`)
    const digest = createHash('sha256')
      .update(`${file?.id ?? ''}\n${text}`)
      .digest('hex')
      .slice(0, 8)
    return {
      ...{ repository, fullName, path, text },
      ...(file && { base: file.id }),
      ...(before !== undefined && { before }),
      changes: changedLines(file?.text ?? '', text).slice(0, mostLines),
      branch: `nexus/${plainName(wish.entity.name).slice(0, 60)}-${wish.property}-${digest}`,
    }
  }

  return {
    async draft(wish) {
      const { text: _text, ...draft } = await made(wish)
      return draft
    },
    async propose(wish, base, words) {
      const { fullName, path, text, branch, base: now } = await made(wish)
      if (now !== base)
        throw conflict(
          `${path} of ${fullName} is another by now.`,
          'Ask again, and the change is made of what it says now.',
        )
      return host().propose({ fullName, path, text, branch, ...(base !== undefined && { base }), ...words })
    },
    find: (repository, branch) => host().find(fullNameOf(repository), branch),
    close: (repository, branch) => host().close(fullNameOf(repository), branch),
  }
}

/** `contoso/checkout-web` of a repository on GitHub. @throws Fault BadInput for any other, where nothing can be proposed yet */
function fullNameOf({ id }: Ref): string {
  const name = /^github\/(.+)$/.exec(id)?.[1]
  if (name) return name
  throw badInput(
    `${id} is not on GitHub, and Nexus proposes changes only there.`,
    'Change its catalog-info.yaml by hand.',
  )
}
