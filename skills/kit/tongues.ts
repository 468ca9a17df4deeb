/** The languages that Nexus is spoken to in beside English. */
export const tongues = ['de', 'fr', 'es'] as const
export type Tongue = (typeof tongues)[number]

/** What people say in each of them, `{name}` standing for an argument; the first is help's. */
export type SaysIn = Readonly<Record<Tongue, readonly string[]>>

/** The language of a locale such as `de-AT`, where it is one of them; undefined is English. */
export const tongueOf = (locale: string): Tongue | undefined => {
  const [language] = locale.toLowerCase().split(/[-_]/)
  return tongues.find((tongue) => tongue === language)
}
