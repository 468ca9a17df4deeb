import type * as Renderer from 'adaptivecards'
import { markdownToHtml } from '../text.js'

declare global {
  interface Window {
    /** Microsoft's renderer, from `/adaptivecards.js`. */
    AdaptiveCards: typeof Renderer
  }
}

let prepared = false

/** Microsoft's Adaptive Cards renderer, set up once for all cards. */
export function cardRenderer(): typeof Renderer {
  const renderer = window.AdaptiveCards
  if (prepared) return renderer
  prepared = true
  // Actions keep the name that `prepareCard` gave them.
  renderer.GlobalSettings.enableFullJsonRoundTrip = true
  renderer.AdaptiveCard.onProcessMarkdown = (text, result) => {
    result.outputHtml = markdownToHtml(text, { names: [], me: readerName })
    result.didProcess = true
  }
  return renderer
}

let readerName = ''

/** Names the reader, whose own mentions stand out. */
export const setCardReader = (name: string): void => void (readerName = name)
