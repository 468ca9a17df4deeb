/**
 * What people say for the values of a choice, written by value: `saidAs({ latency: ['slow', 'lagging'] })` is `{ slow: 'latency', lagging: 'latency' }`.
 */
export const saidAs = <V extends string>(words: Readonly<Record<V, readonly string[]>>): Record<string, V> =>
  Object.fromEntries(
    (Object.entries(words) as [V, readonly string[]][]).flatMap(([value, said]) => said.map((word) => [word, value])),
  )
