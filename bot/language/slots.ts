/** Words given for arguments, and where they stood. */
export type Slots = Record<string, { words: string; start: number; end: number }>
