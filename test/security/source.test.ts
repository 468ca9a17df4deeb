import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'

const root = join(import.meta.dirname, '..', '..')

/** Every file that Git keeps as text, but this one. */
const files = execFileSync('git', ['grep', '-I', '--name-only', '-e', ''], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((path) => path && path !== 'test/security/source.test.ts')

/** Places where a rule does not hold, and why. */
const exempt: Record<string, RegExp> = {
  // npm writes where a package comes from.
  'registry address': /^package-lock\.json$/,
}

/** What no file may have, and an example of each, put together here so that this file has none either. */
const rules: [what: string, pattern: RegExp, example: string][] = [
  [
    'path of one machine',
    /(?<![\w.])\/(?:home|Users|work|root)\/[\w.-]+|\b[A-Z]:\\Users\\/,
    ['', 'home', 'dana', 'nexus'].join('/'),
  ],
  [
    'registry address',
    /registry\.(?:npmjs|yarnpkg)\.|\/artifactory\/|\/-\/npm\/|_authToken/,
    ['https:', '', 'mirror.example', 'artifactory', 'npm'].join('/'),
  ],
  [
    'private key',
    /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----\s*[A-Za-z0-9+/=]{40}/,
    `-----BEGIN ${'PRIVATE'} KEY-----\n${'A'.repeat(64)}`,
  ],
  [
    // Those of the tests are all zeros.
    'token of a vendor',
    /\b(?:gh[pousr]_(?!0{36})[A-Za-z0-9]{36}|github_pat_\w{60}|xox[abpr]-[\w-]{20}|AKIA[A-Z0-9]{16}|sk-[A-Za-z0-9]{32}|eyJ[\w-]{20,}\.eyJ[\w-]{20,}\.[\w-]{20}|AccountKey=[A-Za-z0-9+/]{40})/,
    `ghs_${'a1'.repeat(18)}`,
  ],
]

test.each(rules)('no file has a %s', (what, pattern, example) => {
  const found = files
    .filter((path) => !exempt[what]?.test(path))
    .flatMap((path) => {
      const match = pattern.exec(readFileSync(join(root, path), 'utf8'))
      return match ? [`${path}: ${match[0].slice(0, 60)}`] : []
    })
  expect(found).toEqual([])
  expect(example).toMatch(pattern)
})
