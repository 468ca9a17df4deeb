import type { CardBody } from './model.js'
export const textOf = (card: CardBody): string =>
  [
    card.sentence,
    ...(card.facts ?? []).map(({ label, value }) => `${label}: ${value}`),
    ...(card.sections ?? []).flatMap(({ title, rows }) => [
      title,
      ...rows.map(({ text, note }) => `  ${text}${note ? ` · ${note}` : ''}`),
    ]),
  ].join('\n')
