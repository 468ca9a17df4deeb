import { createRequire } from 'node:module'
import { JSDOM } from 'jsdom'
import { limits } from '../limits.js'

type Finding = { message: string }
type Official = {
  HostConfig: new (config: object) => object
  AdaptiveCard: (new () => {
    hostConfig: object
    parse(card: object, context: unknown): void
    validateProperties(): { validationEvents: Finding[] }
    render(): { textContent: string | null; outerHTML: string } | undefined
  }) & { onProcessMarkdown: (text: string, result: { outputHtml?: string; didProcess: boolean }) => void }
  SerializationContext: new () => { eventCount: number; getEventAt(index: number): Finding }
}

let loaded: Official | undefined

/** The official renderer. It wants a browser's globals at load and while it draws, so a jsdom window stands in. */
function official(): Official {
  if (loaded) return loaded
  const { window } = new JSDOM('<!doctype html>')
  const { document, HTMLElement, HTMLButtonElement, HTMLInputElement, HTMLSelectElement } = window
  Object.assign(globalThis, { window, document, HTMLElement, HTMLButtonElement, HTMLInputElement, HTMLSelectElement })
  loaded = createRequire(import.meta.url)('adaptivecards/dist/adaptivecards.js') as Official
  loaded.AdaptiveCard.onProcessMarkdown = (_text, result) => (result.didProcess = false)
  return loaded
}

/** Parses, validates and draws a card with the official renderer: what it complains about, and the HTML. */
export function drawOfficially(card: object): { complaints: string[]; html: string } {
  const { AdaptiveCard, HostConfig, SerializationContext } = official()
  const context = new SerializationContext()
  const adaptive = new AdaptiveCard()
  // The renderer counts those in the overflow menu too.
  adaptive.hostConfig = new HostConfig({ actions: { maxActions: limits.buttons + limits.overflow } })
  adaptive.parse(card, context)
  const parsed = Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index).message)
  const validated = adaptive.validateProperties().validationEvents.map(({ message }) => message)
  return { complaints: [...parsed, ...validated], html: adaptive.render()?.outerHTML ?? '' }
}
