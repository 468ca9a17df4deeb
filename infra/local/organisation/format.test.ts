import { expect, test } from '@jest/globals'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkShape } from './check-shape.js'
import { files } from './schema/files.js'
import { SourceFile } from './source-file.js'

const text = readFileSync(join(process.cwd(), 'infra/local/organisation/FORMAT.md'), 'utf8')

test.each(Object.entries(files))('FORMAT.md’s example of %s is valid and shows every property', (file, schema) => {
  const [, example] = new RegExp(`## ${file}\\n[^#]*?\`\`\`yaml\\n([^]*?)\`\`\``).exec(text) ?? []
  const source = new SourceFile(file, example ?? '')
  expect(source.syntaxProblem()).toBeUndefined()
  expect(checkShape<typeof schema>(source, schema)).not.toHaveProperty('problems')
  const shown = source.value()
  const entry: unknown = Array.isArray(shown) ? shown[0] : shown
  const { shape } = 'element' in schema ? schema.element : schema
  expect(Object.keys(entry as object).sort()).toEqual(Object.keys(shape).sort())
})
