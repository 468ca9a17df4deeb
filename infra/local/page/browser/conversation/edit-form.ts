import { h } from '../dom.js'

/** A form to change a message's text: Enter saves, Escape leaves it; `done` is called after either. */
export function editForm(text: string, save: (text: string) => Promise<unknown>, done: () => void): HTMLElement {
  const box = h('textarea', { 'aria-label': 'Edit message', rows: Math.min(8, text.split('\n').length + 1) })
  box.value = text
  const fault = h('p', { class: 'error', role: 'alert' })
  const submit = () =>
    save(box.value)
      .then(done)
      .catch((error: Error) => (fault.textContent = error.message))
  box.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') done()
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    void submit()
  })
  return h(
    'div',
    { class: 'edit-form' },
    box,
    fault,
    h('button', { type: 'button', onclick: done }, 'Cancel'),
    h('button', { class: 'primary', type: 'button', onclick: () => void submit() }, 'Save'),
  )
}
