import { GlobalSettings, Template } from 'adaptivecards-templating/lib/template-engine.js'
import type { Json } from './actions.js'
import { absent } from './escape.js'
import facts from './facts.json' with { type: 'json' }
import fold from './fold.json' with { type: 'json' }
import foot from './foot.json' with { type: 'json' }
import form from './form.json' with { type: 'json' }
import frame from './frame.json' with { type: 'json' }
import head from './head.json' with { type: 'json' }
import list from './list.json' with { type: 'json' }
import row from './row.json' with { type: 'json' }
import rows from './rows.json' with { type: 'json' }
import section from './section.json' with { type: 'json' }
import table from './table.json' with { type: 'json' }
import tree from './tree.json' with { type: 'json' }
import type { View } from './view.js'

const parts: Record<string, Json> = { facts, fold, foot, form, head, list, row, rows, section, table, tree }

/** A field that the data has not becomes this mark instead of a literal `${field}`; `prune` then takes its element out. */
GlobalSettings.getUndefinedFieldValueSubstitutionString = () => absent

/** Puts the parts where the templates name them, `{ "$part": "head" }`, so that each is written once. */
function compose(node: Json): Json {
  if (Array.isArray(node)) return node.flatMap((item) => compose(item))
  if (typeof node !== 'object' || node === null) return node
  const name = node['$part']
  if (typeof name === 'string') {
    const part = parts[name]
    if (part === undefined)
      throw new Error(`There is no part ${name}.json; known are ${Object.keys(parts).join(', ')}.`)
    return compose(part)
  }
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, compose(value)]))
}

/** What an element is nothing without. One whose content is absent is not drawn at all. */
const needed: Record<string, string> = {
  TextBlock: 'text',
  Container: 'items',
  Column: 'items',
  ColumnSet: 'columns',
  ActionSet: 'actions',
  Table: 'rows',
}

function isNothing(value: Json | undefined): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
}

/** Takes out what the data did not fill: absent fields, then elements without content, then their empty parents. */
function prune(node: Json): Json | undefined {
  if (typeof node === 'string') return node.includes(absent) ? node.replaceAll(absent, '').trim() : node
  if (Array.isArray(node)) return node.map(prune).filter((item) => item !== undefined && item !== null)
  if (typeof node !== 'object' || node === null) return node
  const kept: { [key: string]: Json } = {}
  let isEmpty = true
  for (const key of Object.keys(node)) {
    const left = prune(node[key]!)
    if (left === undefined || isNothing(left)) continue
    kept[key] = left
    isEmpty = false
  }
  const need = typeof kept['type'] === 'string' ? needed[kept['type']] : undefined
  if (isEmpty || (need !== undefined && isNothing(kept[need]))) return undefined
  return kept
}

/** Made once: parsing the expressions of a template costs several times what filling it costs. */
let prepared: Template | undefined

/** Fills the frame with a view. Strings of the view are never read as templates, since only the frame's own were parsed. */
export function fill(view: View): { [key: string]: Json } {
  prepared ??= new Template(compose(frame))
  return prune(prepared.expand({ $root: view }) as Json) as { [key: string]: Json }
}
