import { pressable, shownButtons } from './actions.js'
import { clean } from './escape.js'
import { icons } from './icons.js'
import { iconOf } from './icon-of.js'
import { limits, trim, type Trimmed } from './limits.js'
import { columnsOf, hang, pad, wrap } from './lines.js'
import type { Button, CardData, Fact, Input, Instant, Row, Section, State, Text } from './model.js'
import { plainWriter, type Context, type Writer } from './spans.js'
import { footLine, headline } from './view.js'
import { english, type Words } from './words.js'

/** How text is written: `zone` the reader's (IANA), `width` in columns (80), `colour` with ANSI sequences (off). */
export type TextOptions = { now: Instant; words?: Words; zone?: string; width?: number; colour?: boolean }

const codes: Record<State | 'bold' | 'dim', number> = {
  attention: 31,
  warning: 33,
  good: 32,
  accent: 36,
  emphasis: 39,
  bold: 1,
  dim: 2,
}

/** What every part needs to write itself; `number` is a button's number in the list of choices. */
type Page = { write: Writer; width: number; paint: Paint; number: (button: Button) => string; context: Context }
type Paint = (text: string, style: keyof typeof codes) => string

const everything = 100_000

function factLines(facts: readonly Fact[], page: Page, margin = ''): string[] {
  // A label takes at most half of a narrow page.
  const labels = facts.map(({ label }) => clean(label, Math.min(limits.label, Math.floor(page.width / 2) - 2)))
  const columns = Math.max(0, ...labels.map(columnsOf)) + 2
  return facts.flatMap(({ value }, index) => {
    const label = pad(labels[index] ?? '', columns)
    const [first = '', ...rest] = hang(margin + label, page.write(value, limits.value) || '–', page.width)
    return [margin + page.paint(label, 'dim') + first.slice(margin.length + label.length), ...rest]
  })
}

function rowLines(row: Row, page: Page, indent = ''): string[] {
  const icon = row.icon ?? (row.state && iconOf[row.state])
  const lead = `${indent}${row.select ? page.number(row.select) : ''}${icon ? `${icons[icon]} ` : ''}`
  const end = page.write(row.end, limits.end)
  // Where the page is too narrow for both, what stands at the right goes below.
  const beside = end !== '' && page.width - columnsOf(lead) - columnsOf(end) >= 18
  const lines = hang(lead, page.write(row.title, limits.value), page.width - (beside ? columnsOf(end) + 2 : 0))
  if (beside) lines[0] = pad(lines[0] ?? '', page.width - columnsOf(end)) + page.paint(end, 'dim')
  const detail = [beside ? '' : end, page.write(row.detail, limits.value)].filter(Boolean).join(' · ')
  const under = ' '.repeat(columnsOf(lead))
  const buttons = row.buttons?.length ? choiceLines(row.buttons, { ...page, width: page.width - columnsOf(under) }) : []
  return [
    ...lines,
    ...(detail ? hang(under, detail, page.width).map((line) => page.paint(line, 'dim')) : []),
    ...buttons.map((line) => under + line),
  ]
}

function tableLines(headings: readonly string[], rows: readonly Text[][], page: Page): string[] {
  const cells = rows.map((row) => headings.map((_, index) => page.write(row[index], limits.cell) || '–'))
  const widths = headings.map((heading, index) =>
    Math.min(Math.max(columnsOf(heading), ...cells.map((row) => columnsOf(row[index] ?? ''))), 40),
  )
  const line = (values: readonly string[]) =>
    values
      .map((value, index) => pad(value, widths[index] ?? 0))
      .join('  ')
      .trimEnd()
  const natural = widths.reduce((sum, width) => sum + width + 2, -2)
  if (natural <= page.width) return [page.paint(line(headings), 'dim'), ...cells.map(line)]
  // Too wide for this reader: each row becomes a block of its own.
  return cells.flatMap((row) =>
    factLines(
      headings.map((label, index) => ({ label, value: row[index] ?? '–' })),
      page,
    ),
  )
}

function inputLines(input: Input, page: Page): string[] {
  const choices = input.type === 'choice' ? `: ${input.choices.map(({ title }) => clean(title, 80)).join(', ')}` : ''
  const needed = input.required ? ' *' : ''
  const value = input.value === undefined ? '' : ` (${clean(String(input.value), limits.value)})`
  return hang('', `${clean(input.label, limits.label * 2)}${needed}${value}${choices}`, page.width)
}

function contentLines(section: Section, page: Page): string[] {
  switch (section.kind) {
    case 'text':
      return wrap(page.write(section.text, everything, true), page.width)
    case 'list':
      return section.items.flatMap((item) => hang('• ', page.write(item, limits.sentence), page.width))
    case 'facts':
      return factLines(section.facts, page)
    case 'rows':
      return section.rows.flatMap((row) => rowLines(row, page))
    case 'tree':
      return section.nodes.flatMap((node) => {
        const depth = Math.min(limits.depth, Math.max(0, Math.trunc(node.depth) || 0))
        return rowLines(node, page, depth > 0 ? `${'  '.repeat(depth - 1)}└ ` : '')
      })
    case 'table':
      return tableLines(
        section.columns.map(({ title }) => clean(title, limits.cell)),
        section.rows,
        page,
      )
    case 'form':
      return section.inputs.flatMap((input) => inputLines(input, page))
  }
}

function sectionLines({ section, left }: Trimmed, page: Page): string[] {
  const heading = section.title ? wrap(clean(section.title, limits.label * 2), page.width) : []
  const more = left > 0 ? [`${section.more ? page.number(section.more) : ''}${page.context.words.more(left)}`] : []
  return ['', ...heading.map((line) => page.paint(line, 'bold')), ...contentLines(section, page), ...more]
}

/**
 * Writes card data as lines: for the terminal, and for whatever cannot draw cards. The first line alone says what it is and in
 * which state, as a lock screen shows it; then the sentence, aligned facts, every section, numbered choices (in the order of
 * `pressable`), sources. Control characters of the data never reach the terminal.
 */
export function renderText(data: CardData, options: TextOptions): string {
  const context: Context = { now: options.now, words: options.words ?? english, zone: options.zone }
  const width = Math.max(24, options.width ?? 80)
  const buttons = pressable(data)
  const page: Page = {
    context,
    width,
    write: plainWriter(context),
    paint: (text, style) => (options.colour ? `\u001b[${codes[style]}m${text}\u001b[0m` : text),
    number: (button) => `[${buttons.indexOf(button) + 1}] `,
  }
  const first = `${icons[data.icon ?? iconOf[data.state]]} ${headline(data, context)}`
  const sentence = page.write(data.sentence, limits.sentence)
  const facts = factLines((data.facts ?? []).slice(0, limits.facts), page)
  const choices = buttons.slice(buttons.length - shownButtons(data).length)
  const foot = footLine(data.foot, context).replaceAll('\u00A0', ' ')
  return [
    ...wrap(first, width).map((line) => page.paint(line, data.state)),
    ...(sentence ? wrap(sentence, width) : []),
    ...(facts.length > 0 ? ['', ...facts] : []),
    ...trim(data, 1).sections.flatMap((section) => sectionLines(section, page)),
    ...(data.decided ? ['', ...wrap(page.write(data.decided, limits.sentence), width)] : []),
    ...(choices.length > 0 ? ['', ...choiceLines(choices, page)] : []),
    ...(foot ? ['', ...wrap(foot, width).map((line) => page.paint(line, 'dim'))] : []),
  ].join('\n')
}

/** The numbered choices, as many on a line as fit; the words of one stay together (no-break spaces while wrapping). */
function choiceLines(buttons: readonly Button[], page: Page): string[] {
  const choices = buttons.map((button) => page.number(button) + clean(button.title, limits.button))
  const line = choices.map((choice) => choice.replaceAll(' ', '\u00A0')).join('   ')
  return wrap(line, page.width).map((choice) => choice.replaceAll('\u00A0', ' ').trimEnd())
}
