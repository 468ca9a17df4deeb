import type { KustoType, Scalar, Value } from './types.js'

/** A scalar function: how many arguments it takes, the type it gives, and its value. */
export interface ScalarFunction {
  least: number
  /** Default: as many as `least`. */
  most?: number
  type: KustoType | ((args: Scalar[]) => KustoType)
  /** @param now the moment the query runs. */
  value(args: Value[], now: Date): Value
  /** A conversion keeps the column name of its argument: `tostring(a)` is column `a`. */
  keepsName?: boolean
}
