import {
  personalPorts,
  type PortName,
  type Ports,
  type SystemTurn,
  type Turn,
  type TurnFrame,
} from '../../skills/kit/ports.js'

/** A turn that holds the declared ports and no others, at run time too: a skill cannot reach what it did not ask for. */
export function narrowPorts<P extends PortName>(frame: TurnFrame, ports: Ports, uses: readonly P[]): Turn<P> {
  const narrowed = Object.fromEntries(uses.map((name) => [name, ports[name]]))
  return Object.freeze({ ...frame, ...narrowed }) as Turn<P>
}

/** What a turn without a person carries. */
export type SystemFrame = Pick<TurnFrame, 'id' | 'tenant' | 'now' | 'signal'>

/** The ports that need nobody behind them. */
export type SystemPorts = Omit<Ports, (typeof personalPorts)[number]>

/** The same for what nobody asked for: ports that act for a person are not there. */
export function narrowSystemPorts<P extends PortName>(
  frame: SystemFrame,
  ports: SystemPorts,
  uses: readonly P[],
): SystemTurn<P> {
  const granted = uses.filter((name) => !personalPorts.some((personal) => personal === name)) as (keyof SystemPorts)[]
  return Object.freeze({
    ...frame,
    ...Object.fromEntries(granted.map((name) => [name, ports[name]])),
  }) as unknown as SystemTurn<P>
}
