/** An element, action or card of Adaptive Cards, unread. */
export type CardElement = { [property: string]: unknown }

/** Everything a card says, in the order in which it stands there; an input says its label and its choices. */
export function cardWords(card: CardElement | null | undefined): string[] {
  return elementsOf(card).flatMap((element) => {
    const choices = Array.isArray(element['choices']) ? (element['choices'] as CardElement[]) : []
    const type = String(element['type'] ?? '')
    if (type === 'TextBlock' || type === 'TextRun') return [String(element['text'])]
    if (type.startsWith('Input.'))
      return [element['label'], element['placeholder'], ...choices.map(({ title }) => title)].flatMap((said) =>
        typeof said === 'string' ? [said] : [],
      )
    return []
  })
}

/** Titles of all buttons of a card. */
export const cardButtons = (card: CardElement | null | undefined): string[] =>
  elementsOf(card).flatMap(({ type, title }) =>
    String(type).startsWith('Action.') && typeof title === 'string' ? [title] : [],
  )

/** A card's elements and actions, outer before inner. */
function elementsOf(node: unknown): CardElement[] {
  if (Array.isArray(node)) return node.flatMap(elementsOf)
  if (typeof node !== 'object' || node === null) return []
  const element = node as CardElement
  return [element, ...Object.values(element).flatMap(elementsOf)]
}
