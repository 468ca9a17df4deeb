import { actionOf, actionsOf } from './actions.js'
import { ago } from './ages.js'
import { clean, markdown, plain } from './escape.js'
import { icons } from './icons.js'
import { iconOf } from './icon-of.js'
import { inputView } from './inputs.js'
import { limits, trim, type Trimmed } from './limits.js'
import type { CardData, Column, Fact, Foot, Node, Row, State, Text } from './model.js'
import { cardWriter, personId, plainWriter, type Context, type Mention, type Writer } from './spans.js'

/** What the templates read: every field by its name in the template, text already escaped. What is undefined is not drawn. */
export type View = Record<string, unknown>

const colours: Record<State, string> = {
  attention: 'Attention',
  warning: 'Warning',
  good: 'Good',
  accent: 'Accent',
  emphasis: 'Default',
}

/** A width in pixels that fits the longest label at the small font (about 6.6 pixels a letter), so that values line up. */
function labelWidth(facts: readonly Fact[]): string {
  const longest = Math.max(0, ...facts.map(({ label }) => Array.from(label).length))
  return `${Math.min(112, Math.max(52, Math.round(longest * 6.6) + 4))}px`
}

function factViews(facts: readonly Fact[], write: Writer): View[] {
  const width = labelWidth(facts)
  return facts.map(({ label, value }) => ({
    width,
    label: write(label, limits.label),
    value: write(value, limits.value) || '–',
  }))
}

function rowView(row: Row, write: Writer): View {
  const select = row.select && actionOf(row.select)
  const end = write(row.end, limits.end)
  const icon = row.icon ?? (row.state && iconOf[row.state])
  return {
    icon: icon && icons[icon],
    color: colours[row.state ?? 'emphasis'],
    title: write(row.title, limits.value) || '–',
    detail: write(row.detail, limits.value) || undefined,
    end: select ? `${end} ›`.trim() : end || undefined,
    select,
  }
}

/** A row, and below it a line with its buttons, so that none stands within what a tap on the row does. */
function rowViews(row: Row, write: Writer, context: Context): View[] {
  const title = plainWriter(context)(row.title, limits.value)
  const actions = (row.buttons ?? []).flatMap((button) => {
    const action = actionOf(button)
    // Rows have the same buttons; whoever does not see them hears which row one is of.
    return action ? [{ ...action, tooltip: plain(`${clean(button.title, limits.button)}: ${title}`) }] : []
  })
  return [rowView(row, write), ...(actions.length ? [{ icon: '\u00A0', actions }] : [])]
}

function nodeViews(node: Node, write: Writer, context: Context): View[] {
  const depth = Math.min(limits.depth, Math.max(0, Math.trunc(node.depth) || 0))
  const [row, ...buttons] = rowViews(node, write, context)
  const indent = { indent: `${depth * 16}px` }
  return [
    { ...row, ...indent, branch: depth > 0 ? '└' : undefined },
    ...buttons.map((line) => ({ ...line, ...indent, branch: depth > 0 ? '\u00A0' : undefined })),
  ]
}

function tableView(columns: readonly Column[], rows: readonly Text[][], write: Writer): View {
  const cell = (text: Text | undefined, column: Column, heading: boolean): View => ({
    text: write(text, limits.cell) || '–',
    align: column.align === 'right' ? 'Right' : 'Left',
    weight: heading ? 'Bolder' : 'Default',
  })
  return {
    columns: columns.map(({ width, align }) => ({
      width: width ?? 1,
      horizontalCellContentAlignment: align ?? 'left',
    })),
    rows: [
      { cells: columns.map((column) => cell(column.title, column, true)) },
      ...rows.map((row) => ({ cells: columns.map((column, index) => cell(row[index], column, false)) })),
    ],
  }
}

/** The content of a section as one list for each kind of part; the lists of the other kinds stay empty. */
function contentView({ section }: Trimmed, share: number, context: Context, write: Writer): View {
  const none = { paragraphs: [], items: [], facts: [], rows: [], nodes: [], tables: [], inputs: [] }
  switch (section.kind) {
    case 'text': {
      const text = write(section.text, limits.paragraph * share, true)
      return { ...none, paragraphs: text.split('\n\n').map((paragraph) => ({ text: paragraph })) }
    }
    case 'list':
      return { ...none, items: section.items.map((item) => ({ text: write(item, limits.sentence) })) }
    case 'facts':
      return { ...none, facts: factViews(section.facts, write) }
    case 'rows':
      return { ...none, rows: section.rows.flatMap((row) => rowViews(row, write, context)) }
    case 'tree':
      return { ...none, nodes: section.nodes.flatMap((node) => nodeViews(node, write, context)) }
    case 'table':
      return { ...none, tables: section.rows.length > 0 ? [tableView(section.columns, section.rows, write)] : [] }
    case 'form':
      return { ...none, inputs: section.inputs.map((input) => inputView(input, share, context)) }
  }
}

/** A section: its heading is a toggle (`folds`) or plain (`title`), then its content, then how many items are not shown. */
function sectionView(trimmed: Trimmed, index: number, share: number, context: Context, write: Writer): View {
  const { section, left } = trimmed
  const title = section.title && write(section.title, limits.label * 2)
  const fold = title ? section.fold : undefined
  const id = `section${index}`
  const [shut, open] = [`${id}shut`, `${id}open`]
  const heading = { title, shut, open, isShut: fold === 'closed', isOpen: fold === 'open', targets: [id, shut, open] }
  return {
    ...contentView(trimmed, share, context, write),
    id: fold && id,
    visible: fold === 'closed' ? false : undefined,
    title: fold ? undefined : title,
    folds: fold ? [{ ...heading, tooltip: plain(context.words.show(clean(section.title ?? '', limits.label))) }] : [],
    more: left > 0 ? context.words.more(left) : undefined,
    moreAction: left > 0 && section.more ? actionOf(section.more) : undefined,
    moreColor: left > 0 && section.more ? 'Accent' : undefined,
  }
}

/** Keeps a short source and its age on one line. */
const together = (text: string): string => (text.length <= 32 ? text.replaceAll(' ', '\u00A0') : text)

/** "PagerDuty · 2 min ago", "Azure, GitHub 3 min ago · PagerDuty 2 min ago · INC-131": sources of one age share it. */
export function footLine(foot: Foot | undefined, { now, words }: Context): string {
  const byAge = new Map<string, string[]>()
  for (const { name, asOf, silent } of (foot?.sources ?? []).slice(0, 6)) {
    const age = [ago(asOf, now, words), ...(silent ? [words.silent] : [])].filter(Boolean).join(', ')
    byAge.set(age, [...(byAge.get(age) ?? []), clean(name, limits.source)])
  }
  const between = byAge.size > 1 ? ' ' : ' · '
  const sources = [...byAge].map(([age, names]) => together([names.join(', '), age].filter(Boolean).join(between)))
  return [...sources, ...(foot?.id ? [clean(foot.id, limits.id)] : [])].join(' · ')
}

function queryLines(query: string | undefined): View[] {
  const lines = clean(query ?? '', limits.query, true)
    .split('\n')
    .filter(Boolean)
  return lines.slice(0, 20).map((line) => ({ text: markdown(line) }))
}

/** The one line that says it all: for notifications, `fallbackText` and `speak`. */
export const headline = (data: CardData, context: Context): string => headlineParts(data, context).join(' · ')

function headlineParts(data: CardData, context: Context): string[] {
  const write = plainWriter(context)
  const parts = [
    write(data.topic, limits.topic),
    write(data.title, limits.title) || '–',
    write(data.status, limits.status),
  ]
  return parts.filter(Boolean)
}

/** The share of the head's line that a text gets, by its length, so that neither topic nor status is squeezed on a phone. */
const weight = (text: string): number => Math.min(40, Math.max(8, Array.from(text).length))

/** A short topic is never broken; beside a long one each gets its share. */
function headWidths(topic: string, status: string): View {
  return Array.from(topic).length <= shortTopic
    ? { topicWidth: 'auto', statusWidth: 'stretch' }
    : { topicWidth: weight(topic), statusWidth: weight(status) }
}

/** Letters that leave more than half of a phone's line to the status. */
const shortTopic = 18

function headView(data: CardData, write: Writer, plainText: Writer): View {
  return {
    state: data.state,
    icon: icons[data.icon ?? iconOf[data.state]],
    topic: write(data.topic, limits.topic),
    title: write(data.title, limits.title) || '–',
    status: write(data.status, limits.status) || undefined,
    ...headWidths(plainText(data.topic, limits.topic), plainText(data.status, limits.status)),
  }
}

/** Everything frame.json needs, for one share of the item limits. */
export function viewOf(data: CardData, context: Context, share: number): View {
  const mentions: Mention[] = []
  const write = cardWriter(context, mentions, share > 0 ? 1 : 0.5)
  const { sections, leftOut } = trim(data, share)
  const plainText = plainWriter(context)
  const plainSentence = plainText(data.sentence, limits.sentence)
  const said = headlineParts(data, context)
  const queries = share > 0 ? queryLines(data.foot?.query) : []
  const actions = actionsOf(data).slice(0, share > 0 ? undefined : limits.buttons)
  return {
    fallback: plain([said.join(' · '), plainSentence].filter(Boolean).join('\n')),
    speak: share > 0 ? plain([...said, plainSentence].filter(Boolean).join('. ')) : undefined,
    heads: data.lean ? [] : [headView(data, write, plainText)],
    lead: data.lean && `${icons[data.icon ?? iconOf[data.state]]} ${write(data.topic, limits.topic)}`,
    sentenceSpacing: data.lean ? 'None' : 'Default',
    sentence: write(data.sentence, limits.sentence) || undefined,
    // Facts stand close to their sentence, and as far from the head as the sentence would.
    factsSpacing: data.sentence ? 'Small' : 'Default',
    facts: factViews((data.facts ?? []).slice(0, limits.facts), write),
    sections: sections.map((section, index) => ({
      ...sectionView(section, index, share, context, write),
      // A line parts titled sections; there is none right below the head, which is an edge already.
      line: Boolean(section.section.title && (index > 0 || data.sentence || data.facts?.length)) || undefined,
    })),
    leftOut: leftOut.length > 0 ? write(context.words.leftOut(leftOut.join(', ')), limits.sentence) : undefined,
    decided: write(data.decided, limits.sentence) || undefined,
    actions,
    foot: markdown(footLine(data.foot, context)) || undefined,
    showQuery: queries.length > 0 ? context.words.showQuery : undefined,
    queries,
    width: sections.some(({ section }) => section.kind === 'table' && section.columns.length > 2) ? 'Full' : undefined,
    mentions,
    refreshes: data.refresh ? [data.refresh.id] : [],
    people: data.refresh?.people.filter((id) => personId.test(id)).slice(0, limits.refreshed),
  }
}
