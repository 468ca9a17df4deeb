/** The property of a kind that says which classes of restricted data something holds: `cardholder`, several with commas between. */
export const dataProperty = 'data'

/**
 * The tags by which organisations say so of what stands in a cloud, in lower case; the first that is set counts. `DataClassification` is the
 * one of Microsoft's Cloud Adoption Framework (learn.microsoft.com, "Define your tagging strategy").
 */
export const dataTags = ['data', 'data-class', 'data-classification', 'dataclassification'] as const

/**
 * Every property in which a class of data may stand, whoever says it: a source that has tags need not know what they mean. Services say it
 * by the annotation `nexus/data` of their catalog-info.yaml, which is read into `dataProperty`.
 */
export const dataProperties: readonly string[] = [dataProperty, ...dataTags.map((tag) => `tags.${tag}`)]

/** Classes that restrict nothing: everybody may know what is public. */
const unrestricted = new Set(['public', 'none'])

/** The classes of restricted data that a value names, in lower case. */
export const dataClassesIn = (value: unknown): string[] =>
  String(value)
    .toLowerCase()
    .split(/[\s,;]+/)
    .filter((one) => one !== '' && !unrestricted.has(one))
