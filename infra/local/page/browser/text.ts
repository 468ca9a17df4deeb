import { h } from './dom.js'

/** Names that a text may mention, and which of them is the reader. */
export interface Mentionable {
  names: string[]
  me: string
}

const escapeHtml = (text: string) =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')

const escapePattern = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** A text without marks, for lists, tooltips and the clipboard. */
export const plainText = (text: string): string =>
  text
    .replace(/<at>(.*?)<\/at>/g, '@$1')
    .replace(/<br\s*\/?>/gi, '\n')
    .replace(/&(nbsp|amp|lt|gt);/g, (_, name: string) => ({ nbsp: ' ', amp: '&', lt: '<', gt: '>' })[name] ?? '')
    .replace(/\*\*(.+?)\*\*|`([^`]+)`/g, (_, bold?: string, code?: string) => bold ?? code ?? '')

/**
 * Markdown of a message or card as HTML: bold, italic, code, links, lists and line breaks. Everything else, markup
 * above all, is escaped, so that text from outside stays text.
 */
export function markdownToHtml(text: string, known: Mentionable): string {
  const html: string[] = []
  let open: 'ul' | 'ol' | undefined
  const close = () => {
    if (open) html.push(`</${open}>`)
    open = undefined
  }
  const lines = text.replace(/<br\s*\/?>/gi, '\n').split(/\r?\n/)
  let code: string[] | undefined
  for (const line of lines) {
    if (/^```/.test(line)) {
      if (code) html.push(`<pre><code>${code.join('\n')}</code></pre>`)
      code = code ? undefined : []
      continue
    }
    if (code) {
      code.push(escapeHtml(line))
      continue
    }
    const [, bullet, number, item] = /^\s*(?:([-*])|(\d+)[.)])\s+(.*)$/.exec(line) ?? []
    if (item === undefined) {
      close()
      html.push(line.trim() === '' ? '<span class="gap"></span>' : `<span class="line">${inline(line, known)}</span>`)
      continue
    }
    const list = bullet ? 'ul' : 'ol'
    if (open !== list) {
      close()
      html.push(list === 'ol' ? `<ol start="${Number(number)}">` : '<ul>')
      open = list
    }
    html.push(`<li>${inline(item, known)}</li>`)
  }
  close()
  if (code) html.push(`<pre><code>${code.join('\n')}</code></pre>`)
  return html.join('')
}

/** Marks within a line. What is already rendered is put aside, so that no mark is read twice. */
function inline(line: string, known: Mentionable, marks = true): string {
  const kept: string[] = []
  const keep = (html: string) => `\u0000${kept.push(html) - 1}\u0000`
  const codeAside = (text: string) =>
    text
      .replace(/`([^`]+)`/g, (_, code: string) => keep(`<code>${escapeHtml(code)}</code>`))
      .replace(/\[([^\]]+)\]\(([^()\s]+)\)/g, (whole, title: string, url: string) =>
        isWebLink(url) ? keep(anchor(url, escapeHtml(title))) : whole,
      )
      .replace(/\\([*_`[\]\\-])/g, (_, mark: string) => keep(escapeHtml(mark)))
  const named = mentionsAside(line.replaceAll('\u0000', ''), known, keep)
  const aside = (marks ? codeAside(named) : named)
    .replace(/\bhttps?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)]/g, (url) => keep(anchor(url, escapeHtml(url))))
    .replace(/&(nbsp|amp|lt|gt|quot);/g, (entity) => keep(entity))
  const emphasised = escapeHtml(aside)
    .replace(/\*\*(?=\S)(.+?)\*\*/g, '<strong>$1</strong>')
    .replace(/(^|[^\w*])\*(?=\S)([^*]+?)\*(?!\w)/g, '$1<em>$2</em>')
    .replace(/(^|[^\w])_(?=\S)([^_]+?)_(?!\w)/g, '$1<em>$2</em>')
  const unfold = (part: string): string =>
    part.replace(/\u0000(\d+)\u0000/g, (_, index) => unfold(kept[Number(index)] ?? ''))
  return unfold(marks ? emphasised : escapeHtml(aside))
}

const anchor = (url: string, title: string) =>
  `<a href="${escapeHtml(url)}" target="_blank" rel="noopener noreferrer">${title}</a>`

/** Links lead to web pages, mail, telephone and Teams; nothing else is followed. */
export const isWebLink = (url: string): boolean => /^(https?:\/\/|mailto:|tel:|msteams:)/i.test(url)

const mentionHtml = (name: string, known: Mentionable) =>
  `<span class="mention${name === known.me ? ' me' : ''}">${escapeHtml(name)}</span>`

function mentionsAside(line: string, known: Mentionable, keep: (html: string) => string): string {
  const marked = line.replace(/<at[^>]*>(.*?)<\/at>(&nbsp;)?/g, (_, name: string, gap?: string) =>
    keep(`${mentionHtml(plainText(name), known)}${gap ? ' ' : ''}`),
  )
  if (!known.names.length) return marked
  const names = [...known.names].sort((a, b) => b.length - a.length).map(escapePattern)
  return marked.replace(
    new RegExp(`(^|[^\\w.@])@(${names.join('|')})(?!\\w)`, 'gi'),
    (_, before: string, said: string) => {
      const name = known.names.find((one) => one.toLowerCase() === said.toLowerCase()) ?? said
      return `${before}${keep(mentionHtml(name, known))}`
    },
  )
}

/** A message's text as an element; `markdown` false shows marks such as `**` as they are. */
export function messageText(text: string, markdown: boolean, known: Mentionable): HTMLElement {
  const element = h('div', { class: 'text' })
  // Everything but tags of our own making is escaped above.
  element.innerHTML = markdown
    ? markdownToHtml(text, known)
    : text
        .split(/\r?\n/)
        .map((line) => `<span class="line">${inline(line, known, false)}</span>`)
        .join('')
  return element
}
