/** Words that join what is said of a thing. */
export const joints = new Set(
  'that which who whose are is were was be been being have has had having get got do does did and but still currently all there'.split(
    ' ',
  ),
)
/** What says that there is none of what follows. */
export const lacks = new Set(['without', 'no', 'lack', 'lacks', 'lacking', 'missing'])
/** What denies what follows. */
export const denies = new Set(['not', 'never', 'non'])
/** What leads to where a thing is, or to what it belongs to. */
export const belongs = new Set(['of', 'in', 'for', 'from', 'on', 'at', 'to', 'into', 'inside', 'within'])
/** What only counts the things of the noun before it: "redis instances". */
export const counters = new Set(['instances', 'instance', 'boxes', 'box'])
/** Nouns of no kind. */
export const anything = new Set(['what', 'things', 'thing', 'everything', 'anything', 'all', 'ownership', 'software'])
/** What an alternative begins with behind "or": another word might be one more of what was lacking. */
export const begins = new Set([
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
