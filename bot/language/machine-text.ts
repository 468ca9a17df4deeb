/** Fragments of templates, which nobody says: `${name}`, `{{ name }}`, `<% name %>`. */
export const template = /\$[{(]|\{\{|<%|%\(/

/** A tag of markup, such as `<b>` or `</at>`. */
export const tag = /<\/?\w+[^>]*>/

/** Whether a text has fragments of templates or markup in it. */
export const isMachineMade = (text: string): boolean => template.test(text) || tag.test(text)
