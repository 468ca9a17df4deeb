/** Which way dependencies are followed: `up` towards those who feel a failure, `down` towards what a thing stands on. */
export const directions = ['up', 'down'] as const

/** What people say for a direction: "what does checkout need", "upstream of orders", "dependencies of web". */
export const saidDirections: Readonly<Record<string, (typeof directions)[number]>> = {
  upstream: 'up',
  dependents: 'up',
  consumers: 'up',
  downstream: 'down',
  dependencies: 'down',
  depend: 'down',
  depends: 'down',
  use: 'down',
  need: 'down',
  needs: 'down',
  call: 'down',
}
