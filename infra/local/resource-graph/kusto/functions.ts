import { dateFunctions } from './date-functions.js'
import { notUnderstood } from './refusal.js'
import type { ScalarFunction } from './scalar-function.js'
import { regexOf } from './string-operators.js'
import { asBoolean, asDate, asNumber, asString, keyOf, memberOf, parseTimespan, Timespan } from './types.js'
import type { KustoType, Row, Scalar, Value } from './types.js'

/** The common type of a function's branches; dynamic gives way to the others, and two different ones are refused. */
function common(args: Scalar[]): KustoType {
  const types = [...new Set(args.filter((arg) => arg.constant !== null).map((arg) => arg.type))]
  const plain = types.filter((type) => type !== 'dynamic')
  if (plain.length > 1 && !plain.every((type) => type === 'long' || type === 'real'))
    throw notUnderstood(`The branches have different types: ${plain.join(', ')}. Try adding explicit casts.`)
  if (plain.length < types.length) return 'dynamic'
  return plain.length > 1 ? 'real' : (plain[0] ?? 'dynamic')
}

const empty = (value: Value): boolean => asString(value) === ''
const text = (value: Value | undefined): string => asString(value ?? null)
const whole = (value: Value): Value => {
  const number = asNumber(value)
  return number === null ? null : Math.trunc(number)
}
const conversion = (type: KustoType, value: (value: Value) => Value): ScalarFunction => ({
  least: 1,
  type,
  keepsName: true,
  value: ([argument = null]) => value(argument),
})
const onText = (value: (text: string) => Value, type: KustoType = 'string'): ScalarFunction => ({
  least: 1,
  type,
  value: ([argument = null]) => value(asString(argument)),
})
const test = (value: (value: Value) => Value): ScalarFunction => ({
  least: 1,
  type: 'bool',
  value: ([argument = null]) => value(argument),
})
const array = (value: Value): Value[] => (Array.isArray(value) ? (value as Value[]) : [])

function parseJson(value: Value): Value {
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value) as Value
  } catch {
    return value // Kusto gives the text itself where it is no JSON
  }
}

/** Alternating keys and values as an object, for `bag_pack`. */
const pack = (args: Value[]): Value =>
  Object.fromEntries(args.flatMap((key, index) => (index % 2 ? [] : [[asString(key), args[index + 1] ?? null]])))

/** The value at a path such as `a.b[0]`, for `parse_path`-free access to JSON text. */
function extractJson(path: string, value: Value): Value {
  const keys = [...path.matchAll(/\[['"]([^'"]+)['"]\]|\[(\d+)\]|([^.[\]$]+)/g)]
  return keys.reduce<Value>(
    (at, [, quoted, index, plain]) => memberOf(at, index === undefined ? (quoted ?? plain ?? '') : Number(index)),
    parseJson(value),
  )
}

const any = Number.POSITIVE_INFINITY

const table: Record<string, ScalarFunction> = {
  tostring: conversion('string', asString),
  toint: conversion('long', whole),
  tolong: conversion('long', whole),
  todouble: conversion('real', asNumber),
  toreal: conversion('real', asNumber),
  tobool: conversion('bool', asBoolean),
  toboolean: conversion('bool', asBoolean),
  todatetime: conversion('datetime', asDate),
  totimespan: conversion('timespan', (value) =>
    value instanceof Timespan ? value : (parseTimespan(asString(value)) ?? null),
  ),
  toguid: conversion('string', asString),
  todynamic: conversion('dynamic', parseJson),
  parse_json: conversion('dynamic', parseJson),
  tolower: onText((value) => value.toLowerCase()),
  toupper: onText((value) => value.toUpperCase()),
  strlen: onText((value) => value.length, 'long'),
  reverse: onText((value) => [...value].reverse().join('')),
  isempty: test(empty),
  isnotempty: test((value) => !empty(value)),
  isnull: test((value) => value === null),
  isnotnull: test((value) => value !== null),
  not: test((value) => (value === null ? null : value !== true)),
  iff: {
    least: 3,
    type: (args) => common(args.slice(1)),
    value: ([when, yes = null, no = null]) => (when === true ? yes : no),
  },
  case: {
    least: 3,
    most: any,
    type: (args) => common(args.filter((_, index) => index % 2 === 1 || index === args.length - 1)),
    value: (args) => {
      const hit = args.findIndex((value, index) => index % 2 === 0 && index < args.length - 1 && value === true)
      return (hit < 0 ? args.at(-1) : args[hit + 1]) ?? null
    },
  },
  coalesce: {
    least: 2,
    most: any,
    type: common,
    value: (args) => args.find((value) => value !== null && value !== '') ?? args.at(-1) ?? null,
  },
  strcat: { least: 1, most: any, type: 'string', value: (args) => args.map(asString).join('') },
  strcat_delim: {
    least: 3,
    most: any,
    type: 'string',
    value: ([by = '', ...args]) => args.map(asString).join(asString(by)),
  },
  split: {
    least: 2,
    most: 3,
    type: 'dynamic',
    value: ([value, by, index]) => {
      const parts = text(value).split(text(by))
      return typeof index === 'number' ? parts.slice(index, index + 1) : parts
    },
  },
  extract: {
    least: 3,
    most: 4,
    type: 'string',
    value: ([pattern, group, value]) => regexOf(text(pattern)).exec(text(value))?.[Number(group)] ?? '',
  },
  substring: {
    least: 2,
    most: 3,
    type: 'string',
    value: ([value, from, length]) => {
      const start = Math.max(0, Number(from))
      return text(value).slice(start, typeof length === 'number' ? start + length : undefined)
    },
  },
  indexof: { least: 2, type: 'long', value: ([value, of]) => text(value).indexOf(text(of)) },
  countof: { least: 2, type: 'long', value: ([value, of]) => text(value).split(text(of)).length - 1 },
  replace_string: { least: 3, type: 'string', value: ([value, of, by]) => text(value).replaceAll(text(of), text(by)) },
  replace_regex: {
    least: 3,
    type: 'string',
    value: ([value, of, by]) =>
      text(value).replace(new RegExp(regexOf(text(of)), 'g'), text(by).replace(/\\(\d)/g, '$$$1')),
  },
  trim: { least: 2, type: 'string', value: ([pattern, value]) => trim(text(pattern), text(value), true, true) },
  trim_start: { least: 2, type: 'string', value: ([pattern, value]) => trim(text(pattern), text(value), true, false) },
  trim_end: { least: 2, type: 'string', value: ([pattern, value]) => trim(text(pattern), text(value), false, true) },
  extractjson: { least: 2, type: 'string', value: ([path, value]) => asString(extractJson(text(path), value ?? null)) },
  array_length: { least: 1, type: 'long', value: ([value = null]) => (Array.isArray(value) ? value.length : null) },
  array_index_of: {
    least: 2,
    type: 'long',
    value: ([value = null, of = null]) => array(value).findIndex((item) => keyOf(item) === keyOf(of)),
  },
  array_concat: { least: 1, most: any, type: 'dynamic', value: (args) => args.flatMap(array) },
  set_has_element: {
    least: 2,
    type: 'bool',
    value: ([value = null, of = null]) => array(value).some((item) => keyOf(item) === keyOf(of)),
  },
  strcat_array: { least: 2, type: 'string', value: ([value = null, by]) => array(value).map(asString).join(text(by)) },
  bag_keys: {
    least: 1,
    type: 'dynamic',
    value: ([value = null]) =>
      value !== null && typeof value === 'object' && !Array.isArray(value) ? Object.keys(value) : null,
  },
  bag_pack: { least: 2, most: any, type: 'dynamic', value: pack },
  pack: { least: 2, most: any, type: 'dynamic', value: pack },
  pack_array: { least: 1, most: any, type: 'dynamic', value: (args) => args },
  min_of: { least: 2, most: any, type: common, value: (args) => extreme(args, -1) },
  max_of: { least: 2, most: any, type: common, value: (args) => extreme(args, 1) },
  abs: { least: 1, type: ([argument]) => argument!.type, value: ([value = null]) => absolute(value) },
  floor: { least: 1, type: 'real', value: ([value = null]) => rounded(value, Math.floor) },
  ceiling: { least: 1, type: 'real', value: ([value = null]) => rounded(value, Math.ceil) },
  round: {
    least: 1,
    most: 2,
    type: 'real',
    value: ([value = null, digits]) => rounded(value, (number) => Number(number.toFixed(Number(digits ?? 0)))),
  },
  ...dateFunctions,
}

const rounded = (value: Value, round: (number: number) => number): Value => {
  const number = asNumber(value)
  return number === null ? null : round(number)
}

const absolute = (value: Value): Value =>
  value instanceof Timespan ? new Timespan(Math.abs(value.milliseconds)) : rounded(value, Math.abs)

function extreme(args: Value[], sign: 1 | -1): Value {
  const present = args.filter((value) => value !== null)
  return present.reduce<Value>(
    (best, value) => (best === null || sign * (Number(value) - Number(best)) > 0 ? value : best),
    null,
  )
}

function trim(pattern: string, value: string, start: boolean, end: boolean): string {
  const source = regexOf(pattern).source
  const left = start ? value.replace(new RegExp(`^(?:${source})`), '') : value
  return end ? left.replace(new RegExp(`(?:${source})$`), '') : left
}

const aliases: Record<string, string> = {
  iif: 'iff',
  notnull: 'isnotnull',
  notempty: 'isnotempty',
  make_string: 'tostring',
}
const find = (name: string): ScalarFunction | undefined => {
  const key = aliases[name] ?? name
  return Object.hasOwn(table, key) ? table[key] : undefined
}

/** Whether the name is one of the functions that a query may call. */
export const isFunctionName = (name: string): boolean => find(name) !== undefined

/** A call of a function, its constant calls worked out once. */
export function callFunction(name: string, args: Scalar[], now: Date): Scalar {
  const called = find(name)
  if (!called) throw notUnderstood(`Unknown function: '${name}'.`)
  const most = called.most ?? called.least
  if (args.length < called.least || args.length > most)
    throw notUnderstood(
      `${name}(): function expects ${called.least === most ? most : `${called.least} or more`} argument(s), not ${args.length}.`,
    )
  const type = typeof called.type === 'string' ? called.type : called.type(args)
  const evaluate = (row: Row) =>
    called.value(
      args.map((arg) => arg.evaluate(row)),
      now,
    )
  const name_ = called.keepsName ? args[0]?.name : undefined
  const named = name_ ? { name: name_ } : {}
  const constant = args.every((arg) => arg.constant !== undefined)
  if (!constant) return { type, evaluate, ...named }
  const value = evaluate([])
  return { type, constant: value, evaluate: () => value, ...named }
}
