import { builtInKinds } from '../../skills/kit/catalog/built-in-kinds.js'
import type { KindDeclaration } from '../../skills/kit/catalog/kind-declaration.js'

/** The kinds there are: those that are built in, and an organisation's own as its settings declare them now. */
export interface LiveKinds {
  all(): readonly KindDeclaration[]
  /** Puts other kinds in the place of the organisation's. */
  replace(own: readonly KindDeclaration[]): void
}

/** The built-in kinds, until the settings were read. */
export function createLiveKinds(): LiveKinds {
  let all = builtInKinds
  return {
    all: () => all,
    replace(own) {
      all = [...builtInKinds, ...own]
    },
  }
}
