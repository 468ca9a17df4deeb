/**
 * The icons, one character each, from the blocks Geometric Shapes, Arrows and Dingbats, which the fonts of every Teams client
 * draw in one colour. A card never says anything by its icon alone.
 */
export const icons = {
  failing: '▲',
  careful: '◐',
  well: '●',
  chosen: '◆',
  quiet: '○',
  done: '✓',
  failed: '✕',
  waiting: '◔',
  unknown: '?',
  service: '◈',
  resource: '▣',
  data: '▤',
  repository: '◧',
  pipeline: '▷',
  document: '▥',
  person: '◉',
  team: '◎',
  environment: '▦',
  api: '◇',
  package: '▧',
  schedule: '◷',
  run: '▸',
  change: '△',
  alert: '◬',
  proposal: '✎',
  up: '↑',
  down: '↓',
} as const

/** The name of an icon. */
export type Icon = keyof typeof icons
