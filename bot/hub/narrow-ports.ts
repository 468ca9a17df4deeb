import type { PortName, Ports, Turn, TurnFrame } from '../../skills/kit/ports.js'

/** A turn that holds the declared ports and no others, at run time too: a skill cannot reach what it did not ask for. */
export function narrowPorts<P extends PortName>(frame: TurnFrame, ports: Ports, uses: readonly P[]): Turn<P> {
  const narrowed = Object.fromEntries(uses.map((name) => [name, ports[name]]))
  return Object.freeze({ ...frame, ...narrowed }) as Turn<P>
}
