import type { Account } from '../directory.js'

/** Muted hues with white letters in a contrast above 4.5. */
const colours = ['#7a4b8f', '#2f6690', '#3a7354', '#9a4a3f', '#6b5b2a', '#4a5a8c', '#8a3e66', '#2c6e74']

/** A person's initials as a round picture, for those who have none; the colour is always the same for the same person. */
export function initialsOf({ name, objectId }: Account): string {
  const letters = name
    .split(/\s+/)
    .map((word) => [...word][0] ?? '')
    .filter((letter) => /\p{L}/u.test(letter))
  const initials = `${letters[0] ?? ''}${letters.length > 1 ? letters.at(-1) : ''}`.toUpperCase()
  const colour = colours[parseInt(objectId.slice(0, 4), 16) % colours.length] ?? colours[0]
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96" role="img"><circle cx="48" cy="48" r="48" fill="${colour}"/><text x="48" y="50" fill="#fff" font-family="Segoe UI, system-ui, sans-serif" font-size="38" font-weight="600" text-anchor="middle" dominant-baseline="central">${initials}</text></svg>`
}
