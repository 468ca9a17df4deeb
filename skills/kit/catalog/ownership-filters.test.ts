import { expect, test } from '@jest/globals'
import { builtInKinds } from './built-in-kinds.js'
import { checkFilter } from './check-filter.js'
import { asAskedOf, disputed, owned, unowned } from './ownership-filters.js'
import { printFilter } from './print-filter.js'

const ownable = builtInKinds.filter((kind) => kind.ownable)

test.each(ownable.map((kind) => [kind.kind, kind] as const))('who owns a %s can be asked of it', (name, kind) => {
  for (const ownership of [owned, unowned, disputed]) {
    const asked = { all: [{ kinds: [name] }, asAskedOf(kind, builtInKinds, ownership)] }
    expect(() => checkFilter(asked, builtInKinds)).not.toThrow()
  }
})

test('a way that a kind has stays, and one that it has not goes', () => {
  const said = (name: string) =>
    printFilter(
      asAskedOf(
        builtInKinds.find(({ kind }) => kind === name)!,
        builtInKinds,
        owned,
      ),
    )
  expect(said('Service')).toBe(printFilter(owned))
  expect(said('Api')).not.toMatch(/(^| or )runsIn/)
  expect(said('Api')).toContain('partOf+ (runsIn (ownedBy (everything)))')
})
