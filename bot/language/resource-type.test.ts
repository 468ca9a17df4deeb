import { expect, test } from '@jest/globals'
import { createNameIndex } from './name-index.js'
import { hearing, registryOfSkills } from './testing/hearing.js'
import { createUnderstand } from './understand.js'

const { commands } = await registryOfSkills()
const understand = createUnderstand(commands)
const resource = (type: string, name: string) => ({
  kind: 'Resource',
  id: `/subscriptions/s/resourceGroups/g/providers/${type}/${name}`,
  ...{ name, aliases: [] },
})
const names = createNameIndex([
  resource('Microsoft.Compute/virtualMachines', 'vm-jump-01'),
  resource('Microsoft.Web/sites', 'shop-web-prd'),
])

/** The changes that words may ask for, asked back or offered. */
const changesOf = (text: string): string[] => {
  const heard = understand(hearing(text), names)
  if ('intent' in heard) return [heard.intent.command]
  return heard.outcome === 'suggest' ? heard.suggestions.map(({ intent }) => intent.command) : []
}

test.each([
  ['vm-jump-01 needs a reboot', 'action.vm.restart', 'action.web-app.restart'],
  ['relaunch the machine vm-jump-01', 'action.vm.restart', 'action.web-app.restart'],
  ['shop-web-prd needs a restart', 'action.web-app.restart', 'action.vm.restart'],
])('an action is only for a resource of its type: %s', (text, fitting, other) => {
  const found = changesOf(text)
  expect(found[0]).toBe(fitting)
  expect(found).not.toContain(other)
})

test('what is named is asked about with its own action', () => {
  expect(understand(hearing('vm-jump-01 needs a reboot'), names)).toMatchObject({
    outcome: 'confirm',
    title: expect.stringMatching(/vm-jump-01/),
  })
})
