/** Teams' three themes. */
export const themes = ['light', 'dark', 'contrast'] as const
export type Theme = (typeof themes)[number]

/** What a theme is called in the menu. */
export const themeNames: Record<Theme, string> = { light: 'Light', dark: 'Dark', contrast: 'High contrast' }

const key = 'nexus.theme'
const isTheme = (value: unknown): value is Theme => themes.some((theme) => theme === value)

/** The theme of the address (`?theme=dark`), else the one chosen before, else the machine's. */
export function chosenTheme(): Theme {
  const wished = new URLSearchParams(location.search).get('theme') ?? localStorage.getItem(key)
  if (isTheme(wished)) return wished
  if (matchMedia('(prefers-contrast: more)').matches) return 'contrast'
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
}

/** The theme the page has now. */
export const currentTheme = (): Theme => chosenOf(document.documentElement.dataset['theme'])
const chosenOf = (value: string | undefined): Theme => (isTheme(value) ? value : 'light')

/** Shows the page in a theme; `keep` remembers it for the next visit. */
export function applyTheme(theme: Theme, keep: boolean): void {
  document.documentElement.dataset['theme'] = theme
  document.documentElement.style.colorScheme = theme === 'light' ? 'light' : 'dark'
  if (keep) localStorage.setItem(key, theme)
}
