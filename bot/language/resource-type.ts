import type { Arg, Args } from '../../skills/kit/arguments.js'
import { builtInKinds } from '../../skills/kit/catalog/built-in-kinds.js'
import { takesKind, type Ref } from '../../skills/kit/model.js'
import type { Spotted } from './spotted.js'
import { tokensOf } from './tokens.js'

/** What holds resources, by the last part of its id that is no name. */
const holders = new Map([
  ['resourcegroups', 'microsoft.resources/subscriptions/resourcegroups'],
  ['subscriptions', 'microsoft.resources/subscriptions'],
])

/** The type that an Azure resource's id says, in lower case: `microsoft.web/sites/slots`; undefined of any other id. */
export function typeOfId(id: string): string | undefined {
  const [, holder] = /^(?:\/subscriptions\/[^/]+)?\/([^/]+)\/[^/]+$/.exec(id.toLowerCase()) ?? []
  if (holder !== undefined && holders.has(holder)) return holders.get(holder)
  const [, namespace, rest] = /^.*\/providers\/([^/]+)\/(.+)$/.exec(id.toLowerCase()) ?? []
  if (namespace === undefined || rest === undefined) return undefined
  return [namespace, ...rest.split('/').filter((_, at) => at % 2 === 0)].join('/')
}

/** Whether a thing is a resource group or a subscription: what is named in it is likelier meant. */
export const isHolder = ({ id }: Ref): boolean => [...holders.values()].includes(typeOfId(id) ?? '')

/** Whether an argument takes resources of one type alone. */
export const isOfOneType = (arg: Arg | undefined): boolean => arg?.type === 'entity' && arg.resourceType !== undefined

/** Whether a thing may be what an argument takes, as far as its id says: "restart vm-jumpbox" is no matter of web apps. */
export function isOfType(ref: Ref, arg: Arg): boolean {
  if (arg.type !== 'entity' || arg.resourceType === undefined || ref.kind !== 'Resource') return true
  const type = typeOfId(ref.id)
  return type === undefined || type === arg.resourceType.toLowerCase()
}

/**
 * Whether a command is for resources of one type, and a text names a resource of another and none that fits: "vm-jumpbox needs a reboot" restarts no
 * web app.
 */
export const isOfOtherType = (args: Args, { names }: Pick<Spotted, 'names'>): boolean =>
  Object.values(args).some((arg) => {
    if (arg.type !== 'entity' || arg.resourceType === undefined) return false
    const all = names.flatMap(({ candidates }) => candidates.map(({ ref }) => ref))
    // A slot of a web app is no other thing than the app.
    const isOther = (ref: Ref) =>
      !isOfType(ref, arg) && !typeOfId(ref.id)?.startsWith(`${arg.resourceType!.toLowerCase()}/`)
    return all.some(isOther) && !all.some((ref) => takesKind(arg.kinds, ref.kind) && isOfType(ref, arg))
  })

/** Words that only say of which type a resource is: "vm", "machine". Where the resource itself says that, they need not be said. */
export function nounsOf(arg: Arg | undefined): ReadonlySet<string> {
  if (arg?.type !== 'entity' || arg.resourceType === undefined) return new Set()
  const type = `"${arg.resourceType.toLowerCase()}"`
  const said = builtInKinds.flatMap(({ says }) =>
    says.flatMap((one) => (typeof one === 'object' && one.where.includes(type) ? [one.word] : [])),
  )
  return new Set(
    [arg.label.replace(/^which /, ''), ...said].flatMap((words) => tokensOf(words).map(({ word }) => word)),
  )
}
