/** Icons of the page: our own drawings on a 20 by 20 grid, in strokes of the text's colour. */
const paths = {
  activity: 'M10 3a5 5 0 0 0-5 5v3l-1.5 3h13L15 11V8a5 5 0 0 0-5-5ZM8 16.5a2.2 2.2 0 0 0 4 0',
  chat: 'M4 4h12a1.5 1.5 0 0 1 1.5 1.5v7A1.5 1.5 0 0 1 16 14H9l-4 3v-3H4a1.5 1.5 0 0 1-1.5-1.5v-7A1.5 1.5 0 0 1 4 4ZM6 7.5h8M6 10.5h5',
  teams:
    'M7.5 8.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM14 9a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM2.5 16v-2A2.5 2.5 0 0 1 5 11.5h5a2.5 2.5 0 0 1 2.5 2.5v2M14.5 11.5h.700A2.3 2.3 0 0 1 17.5 13.8V16',
  behind: 'M2.5 10h3l2-5 4 10 2.5-6 1.2 1h2.3',
  search: 'M8.5 14a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11ZM12.8 12.8 17 17',
  send: 'M3 10 3.8 3.5 17.5 10 3.8 16.5 3 10Zm0 0h7',
  more: 'M4.5 10h.01M10 10h.01M15.5 10h.01',
  plus: 'M10 4v12M4 10h12',
  close: 'M5 5l10 10M15 5 5 15',
  back: 'M12 4l-6 6 6 6',
  down: 'M5 8l5 5 5-5',
  right: 'M8 5l5 5-5 5',
  copy: 'M7.5 6.5h8v10h-8zM12.5 6.5v-3h-8v10h3',
  link: 'M8.5 6H6a4 4 0 0 0 0 8h2.5M11.5 6H14a4 4 0 0 1 0 8h-2.5M7 10h6',
  reply: 'M8 5 3.5 9.5 8 14M3.5 9.5h8a5 5 0 0 1 5 5v1',
  eye: 'M2 10s3-5.5 8-5.5S18 10 18 10s-3 5.5-8 5.5S2 10 2 10Zm8 2.3a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6Z',
  up: 'M7 17H4.5v-7H7zM7 10l3-6.5c1.5 0 2 1 1.8 2.2L11.3 8.5H15a1.5 1.5 0 0 1 1.5 1.8l-1 5.2A2 2 0 0 1 13.5 17H7',
  thumbDown: 'M13 3h2.5v7H13zM13 10l-3 6.5c-1.5 0-2-1-1.8-2.2l.5-2.8H5a1.5 1.5 0 0 1-1.5-1.8l1-5.2A2 2 0 0 1 6.5 3H13',
  smile: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM7 12a3.8 3.8 0 0 0 6 0M7.7 8h.01M12.3 8h.01',
  check: 'M4 10.5l4 4 8-9',
  warning: 'M10 3 2.5 16.5h15L10 3Zm0 5v4M10 14.3h.01',
  refresh: 'M16 10a6 6 0 1 1-1.8-4.3M16 3v3.5h-3.5',
  person: 'M10 10a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM4 17v-1.5A3.5 3.5 0 0 1 7.5 12h5a3.5 3.5 0 0 1 3.5 3.5V17',
  app: 'M10 2.5 16.5 6v8L10 17.5 3.5 14V6L10 2.5ZM3.5 6 10 9.5 16.5 6M10 9.5v8',
} as const

/** Name of an icon. */
export type IconName = keyof typeof paths

/** An icon as an SVG element, hidden from screen readers: what it means is said beside it or on its button. */
export function icon(name: IconName, size = 20): SVGSVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  const set = {
    viewBox: '0 0 20 20',
    width: size,
    height: size,
    class: 'icon',
    'aria-hidden': 'true',
    focusable: 'false',
  }
  for (const [key, value] of Object.entries(set)) svg.setAttribute(key, String(value))
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path')
  path.setAttribute('d', paths[name])
  if (name === 'more') path.setAttribute('stroke-width', '2.6')
  svg.append(path)
  return svg
}
