import type { Icon } from './icons.js'
import type { State } from './model.js'

/** The icon that says a state where the card names none of its own. */
export const iconOf: Record<State, Icon> = {
  attention: 'failing',
  warning: 'careful',
  good: 'well',
  accent: 'chosen',
  emphasis: 'quiet',
}
