/** Words that join what is said of a thing. */
export const joints: ReadonlySet<string> = new Set(
  'that which who whose are is were was be been being have has had having get got do does did and but still currently all there'.split(
    ' ',
  ),
)
/** Words behind which stands what something lacks. */
export const lacks: ReadonlySet<string> = new Set(['without', 'no', 'lack', 'lacks', 'lacking', 'missing'])
/** Words that deny what stands behind them. */
export const denies: ReadonlySet<string> = new Set(['not', 'never', 'non'])
/** Words that lead to what something belongs to. */
export const belongs: ReadonlySet<string> = new Set([
  'of',
  'in',
  'for',
  'from',
  'on',
  'at',
  'to',
  'into',
  'inside',
  'within',
])
/** Nouns of no kind. */
export const anything: ReadonlySet<string> = new Set([
  'what',
  'things',
  'thing',
  'everything',
  'anything',
  'all',
  'ownership',
  'software',
])
/** What an alternative begins with behind "or": another word might be one more of what was lacking. */
export const begins: ReadonlySet<string> = new Set([
  ...belongs,
  ...lacks,
  'not',
  'with',
  'that',
  'which',
  'are',
  'is',
  'have',
  'has',
  'owned',
  'used',
  'open',
])
