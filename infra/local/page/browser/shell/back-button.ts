import { h } from '../dom.js'
import { icon } from '../icons.js'
import { go } from '../route.js'
import type { Session } from '../session.js'

/** The arrow that leads a narrow window back to the list. */
export const backButton = (session: Session): HTMLElement =>
  h(
    'button',
    {
      class: 'icon-button back',
      type: 'button',
      'aria-label': 'Back to the list',
      onclick: () => go({ view: 'list', section: session.section }),
    },
    icon('back'),
  )
