import type { Button, CardData, Row, Section, Text } from './model.js'
import { english, type Words } from './words.js'

/** A command in help: how it is said, its slash form, what it does, who may (where not everybody), a stored intent to try it. */
export type HelpCommand = { says: string; slash: string; does?: string; role?: string; id?: string }

/** A skill in help, with the commands the asker may use. */
export type HelpSkill = { name: string; summary: string; commands: readonly HelpCommand[] }

function row({ says, slash, does, role, id }: HelpCommand): Row {
  const detail: Text = [does, slash, role].filter(Boolean).join(' · ')
  return { title: says, detail, select: id ? { kind: 'execute', title: says, id } : undefined }
}

/** What Nexus can do, by skill: every skill under a toggle, the first one open; a single skill is simply shown. */
export function help(
  title: string,
  sentence: Text,
  skills: readonly HelpSkill[],
  buttons: Button[] = [],
  words: Words = english,
): CardData {
  const sections = skills.map(({ name, summary, commands }, index): Section => {
    const fold = skills.length === 1 ? undefined : index === 0 ? 'open' : 'closed'
    return { kind: 'rows', title: `${name}: ${summary}`, fold, rows: commands.map(row) }
  })
  return { state: 'accent', icon: 'document', topic: words.help, title, sentence, sections, buttons }
}
