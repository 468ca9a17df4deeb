/** The state a card shows: its colour, always beside an icon and a word. */
export type CardState = 'attention' | 'warning' | 'good' | 'accent' | 'emphasis'
export interface CardFact {
  label: string
  value: string
}
export interface CardSection {
  title: string
  rows: { text: string; note?: string }[]
  open?: boolean
}
export interface CardBody {
  state: CardState
  icon: string
  title: string
  status?: string
  sentence: string
  facts?: CardFact[]
  sections?: CardSection[]
}
