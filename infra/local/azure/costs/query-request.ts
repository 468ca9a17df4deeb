import { z } from 'zod/v4'
import { ArmRefusal } from '../refusals.js'

/** What a query may sum up: cost in the billing currency under its two names, or in US dollars. */
const measures = ['Cost', 'PreTaxCost', 'CostUSD'] as const
export type Measure = (typeof measures)[number]

const Comparison = z.strictObject({
  name: z.string().min(1),
  operator: z.literal('In'),
  values: z.array(z.string()).min(1),
})
const Condition = z.strictObject({ dimensions: Comparison.optional(), tags: Comparison.optional() })
type Condition = z.output<typeof Condition>
/** A condition on rows, nested as deep as the client likes. */
export type Filter = Condition & { and?: Filter[] | undefined; or?: Filter[] | undefined }
const Filter: z.ZodType<Filter> = Condition.extend({
  get and(): z.ZodOptional<z.ZodArray<z.ZodType<Filter>>> {
    return z.array(Filter).min(2).optional()
  },
  get or(): z.ZodOptional<z.ZodArray<z.ZodType<Filter>>> {
    return z.array(Filter).min(2).optional()
  },
})

const anyCase = <const T extends readonly string[]>(values: T): z.ZodType<T[number]> =>
  z
    .string()
    .transform((text) => values.find((value) => value.toLowerCase() === text.toLowerCase()) ?? text)
    .pipe(z.enum(values)) as unknown as z.ZodType<T[number]>

/** The body of a query (learn.microsoft.com, Cost Management REST API, "Query - Usage"). */
export const QueryRequest = z.strictObject({
  type: anyCase(['ActualCost', 'AmortizedCost', 'Usage']),
  timeframe: anyCase([
    'MonthToDate',
    'BillingMonthToDate',
    'TheLastMonth',
    'TheLastBillingMonth',
    'WeekToDate',
    'Custom',
  ]),
  timePeriod: z
    .strictObject({ from: z.iso.datetime({ offset: true }), to: z.iso.datetime({ offset: true }) })
    .optional(),
  dataset: z.strictObject({
    granularity: anyCase(['Daily', 'Monthly', 'None']).default('None'),
    aggregation: z
      .record(z.string(), z.strictObject({ name: z.enum(measures), function: anyCase(['Sum']) }))
      .refine((all) => Object.keys(all).length <= 2, 'at most two aggregations')
      .default({ totalCost: { name: 'Cost', function: 'Sum' } }),
    grouping: z
      .array(z.strictObject({ type: anyCase(['Dimension', 'TagKey']), name: z.string().min(1) }))
      .max(2)
      .default([]),
    filter: Filter.optional(),
    sorting: z.array(z.strictObject({ name: z.string(), direction: anyCase(['Ascending', 'Descending']) })).default([]),
  }),
})
export type QueryRequest = z.output<typeof QueryRequest>

const midnight = (year: number, month: number, day: number): Date => new Date(Date.UTC(year, month, day))

/**
 * The days that a query asks for: from a UTC midnight until a moment that is no longer part of it, and not in the future.
 * @throws ArmRefusal where the period is none, or more than a year.
 */
export function periodOf({ timeframe, timePeriod }: QueryRequest, now: Date): { from: Date; until: Date } {
  const [year, month, day] = [now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()]
  switch (timeframe) {
    case 'MonthToDate':
    case 'BillingMonthToDate':
      return { from: midnight(year, month, 1), until: now }
    case 'TheLastMonth':
    case 'TheLastBillingMonth':
      return { from: midnight(year, month - 1, 1), until: midnight(year, month, 1) }
    case 'WeekToDate':
      return { from: midnight(year, month, day - now.getUTCDay()), until: now }
    case 'Custom':
      return customPeriod(timePeriod, now)
  }
}

/** A period's last day is part of it, whatever its time of day says. */
function customPeriod(period: { from: string; to: string } | undefined, now: Date): { from: Date; until: Date } {
  if (!period) throw new ArmRefusal(400, 'BadRequest', "'timePeriod' is required when 'timeframe' is Custom.")
  const from = new Date(`${new Date(period.from).toISOString().slice(0, 10)}T00:00:00Z`)
  const last = new Date(`${new Date(period.to).toISOString().slice(0, 10)}T00:00:00Z`)
  if (last < from) throw new ArmRefusal(400, 'BadRequest', 'The time period ends before it begins.')
  if (last.getTime() - from.getTime() > 366 * 86_400_000)
    throw new ArmRefusal(400, 'BadRequest', 'The time period of a query cannot be longer than one year.')
  const until = new Date(last.getTime() + 86_400_000)
  return { from, until: until < now ? until : now }
}
