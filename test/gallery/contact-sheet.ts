import type { CardData } from '../../cards/model.js'
import { renderText } from '../../cards/text.js'
import type { Client } from './host-config.js'

/** A card of the gallery, and the moment from which its ages are counted. */
export interface Exhibit {
  name: string
  shows: string
  card: CardData
  now: string
}

/** File name of one drawing. */
export const fileOf = ({ name }: Exhibit, client: Client): string => `${name}.${client.name}.png`

/** A page of all drawings: each card in every client, and as the terminal says it. */
export function contactSheet(exhibits: readonly Exhibit[], clients: readonly Client[]): string {
  const picture = (exhibit: Exhibit) => (client: Client) =>
    `<figure><img loading="lazy" src="${fileOf(exhibit, client)}" alt="${exhibit.name}, ${client.name}"><figcaption>${client.name}</figcaption></figure>`
  const part = (exhibit: Exhibit) => {
    const text = renderText(exhibit.card, { now: exhibit.now, zone: 'Europe/Berlin', width: 64 })
    return `<section id="${exhibit.name}"><h2>${exhibit.name}</h2><p>${escapeHtml(exhibit.shows)}</p>
<div>${clients.map(picture(exhibit)).join('')}<pre>${escapeHtml(text)}</pre></div></section>`
  }
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Nexus cards</title><style>
body{font:14px system-ui,sans-serif;margin:24px;background:#fafafa;color:#242424}section{margin-bottom:40px}
div{display:flex;flex-wrap:wrap;gap:16px;align-items:flex-start}figure{margin:0}img{zoom:.5}figcaption{color:#616161}
pre{margin:0;padding:12px;background:#1e1e1e;color:#eee}
</style><h1>Nexus cards</h1>${exhibits.map(part).join('\n')}</html>\n`
}

const escapeHtml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
