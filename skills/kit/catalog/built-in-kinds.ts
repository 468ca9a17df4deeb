import type { KindDeclaration } from './kind-declaration.js'

/** The kinds that Nexus knows by itself, in the order people look for them. */
export const builtInKinds: readonly KindDeclaration[] = []
