// Prints how fast the embedded store writes durably, as a share of what the same disk can do in the same run:
//   node infra/build/run.js test/bench/store.ts [folder on the disk to measure]
import { measureStore } from './store/measure.js'

const thousands = (rate: number) => `${(rate / 1000).toFixed(1)}k/s`.padStart(9)

console.log(`${'durable records'.padEnd(38)}${'store'.padStart(9)}${'floor'.padStart(9)}   ratio`)
for (const { name, store, floor, ratio } of await measureStore(undefined, process.argv[2]))
  console.log(`${name.padEnd(38)}${thousands(store)}${thousands(floor)}    ${ratio.toFixed(2)}`)
