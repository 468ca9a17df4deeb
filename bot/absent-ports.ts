import { unavailable } from '../skills/kit/errors.js'
import type { SharedPorts } from './hub/unasked.js'

/** Ports whose rooms are being built; whatever asks them is told so. Each goes from here when its room is there. */
const absent = (name: string): never =>
  new Proxy({}, { get: () => () => Promise.reject(unavailable(`${name} is not there yet.`)) }) as never

export const absentPorts = {
  cloud: absent('The way to Azure'),
  settings: absent('The settings tree'),
  audit: absent('The audit log'),
} satisfies Partial<SharedPorts>
