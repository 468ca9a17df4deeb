import type { Json } from '../../../skills/kit/model.js'

/** Whether a value is a JSON object, and no list. */
export const isObject = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
