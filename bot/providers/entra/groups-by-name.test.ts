import { expect, test } from '@jest/globals'
import { groupsByName } from './groups-by-name.js'

const groups = (...names: string[]) => names.map((displayName, id) => ({ id, displayName }))

test.each<[names: string[], told: number[]]>([
  [
    ['Nexus Admins', 'Chess'],
    [0, 1],
  ],
  // Somebody made a group of the same name: neither is believed.
  [['Nexus Admins', 'Chess', 'Nexus Admins'], [1]],
  [['Nexus Admins', 'nexus admins '], []],
  [
    ['constructor', '__proto__'],
    [0, 1],
  ],
  [[], []],
])('%j', (names, told) => expect(groupsByName(groups(...names)).map(({ id }) => id)).toEqual(told))
