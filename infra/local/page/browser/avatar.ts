import type { Author } from './contract.js'
import { h } from './dom.js'
import { icon } from './icons.js'

/** Pairs of background and text, each above 4.5 to 1. */
const colours = 8

/** Two letters of a name: the first of the first and of the last word. */
export const initialsOf = (name: string): string => {
  const words = name.split(/\s+/).filter(Boolean)
  return `${words[0]?.[0] ?? '?'}${words.length > 1 ? (words.at(-1)?.[0] ?? '') : ''}`.toUpperCase()
}

/** A person's photo or initials, or the app's hexagon; decoration, since the name stands beside it. */
export function avatar(author: Author, size: 24 | 32 | 40 = 32): HTMLElement {
  if (author.bot)
    return h('span', { class: `avatar app s${size}`, 'aria-hidden': 'true' }, icon('app', Math.round(size * 0.6)))
  let sum = 0
  for (const letter of author.id) sum = (sum * 31 + letter.charCodeAt(0)) >>> 0
  const picture = h('img', { src: `/local/photo/${encodeURIComponent(author.id)}`, alt: '' })
  picture.addEventListener('error', () => picture.remove())
  return h(
    'span',
    { class: `avatar c${sum % colours} s${size}`, 'aria-hidden': 'true' },
    initialsOf(author.name),
    picture,
  )
}
