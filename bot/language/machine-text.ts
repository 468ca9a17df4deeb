/** Fragments of templates, which nobody says: `${name}`, `{{ name }}`, `<% name %>`. */
export const template = /\$[{(]|\{\{|<%|%\(/

/** A tag of markup, such as `<b>` or `</at>`. */
export const tag = /<\/?\w+[^>]*>/

/** Whether a text has fragments of templates or markup in it. */
export const isMachineMade = (text: string): boolean => template.test(text) || tag.test(text)

/** Tags that say how words look, and nothing of what they are: what is quoted or code keeps its tags. */
const looks = /<\/?(?:b|i|u|s|em|strong|span|font|mark|small|big|p|div|br)(?:\s[^<>]*)?\/?>/gi

/** A text without tags that only say how it looks: in their places are spaces, so that what stands behind them stands where it stood. */
export const withoutLooks = (text: string): string => text.replace(looks, (one) => ' '.repeat(one.length))
