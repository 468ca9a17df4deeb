import type { Entity, Ref } from './model.js'
import type { Decision } from './plan.js'

/** Whether somebody may do or see something, why, and who can grant what is missing. */
export interface ExplainedPermission {
  /** What was asked about, as people read it: `/action vm.restart`, `payments-vault`. */
  title: string
  /** Set where it is a thing of the catalog that may be named. */
  thing?: Ref
  decision: Decision
  /** Those who can grant it, where it is refused: the team's leads, the owners of a role, Admins; a few, each once. */
  grantors: Entity[]
}

/** The permission of the person of the turn, explained to them. */
export interface Permissions {
  /** Of the things that have a name or an id. One whose name may not be told is as if it were not there. */
  ofThing(name: string): Promise<ExplainedPermission[]>
  /** Of what words would do, such as `restart checkout`, or of a command by its id or slash; undefined where they mean no command. */
  ofDoing(words: string): Promise<ExplainedPermission | undefined>
}
