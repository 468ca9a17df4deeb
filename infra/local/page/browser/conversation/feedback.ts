import type { Message } from '../contract.js'
import { fill, h } from '../dom.js'
import { icon } from '../icons.js'
import type { Session } from '../session.js'

/** What a model's answer carries: its label, what it cites, and thumbs where the bot asks for them. */
export function aiLabel(): HTMLElement {
  return h('span', { class: 'ai-label', title: 'Written by a model. Check what matters.' }, 'AI generated')
}

/** The numbered sources that an answer cites. */
export function citationList({ ai }: Message): HTMLElement | undefined {
  if (!ai?.citations.length) return undefined
  const source = ({ title, url }: { title: string; url?: string }, index: number) => {
    const words = `${index + 1} ${title}`
    return h('li', {}, url ? h('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, words) : words)
  }
  return h('ul', { class: 'citations', 'aria-label': 'Sources' }, ai.citations.map(source))
}

/** Thumbs up and down; a thumb opens a line to say more, as in Teams. */
export function feedbackRow(session: Session, message: Message): HTMLElement {
  const row = h('div', { class: 'feedback' })
  const thumb = (reaction: 'like' | 'dislike') =>
    h(
      'button',
      {
        class: 'icon-button',
        type: 'button',
        'aria-label': reaction === 'like' ? 'This answer helped' : 'This answer did not help',
        onclick: () => ask(reaction),
      },
      icon(reaction === 'like' ? 'up' : 'thumbDown', 16),
    )
  const ask = (reaction: 'like' | 'dislike') => {
    const words = h('input', {
      type: 'text',
      'aria-label': 'What was good or missing?',
      placeholder: 'What was good or missing? (optional)',
    })
    const note = h('span', { class: 'error', role: 'alert' })
    const form = h(
      'form',
      {
        onsubmit: (event) => {
          event.preventDefault()
          session.service
            .feedback(message.id, reaction, words.value)
            .then(() => fill(row, h('span', { role: 'status' }, 'Thanks, your feedback was sent.')))
            .catch((error: Error) => (note.textContent = error.message))
        },
      },
      words,
      h('button', { class: 'primary', type: 'submit' }, 'Send'),
      note,
    )
    fill(row, form)
    words.focus()
  }
  fill(row, thumb('like'), thumb('dislike'))
  return row
}
