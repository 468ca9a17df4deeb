import { expect, test } from '@jest/globals'
import { entity, smallHub, to } from '../../bot/hub/testing/small-hub.js'
import environment from './index.js'

const dana = 'dana@contoso.example'
const small = smallHub({
  skills: [environment],
  records: [
    entity('Person', dana, { objectId: 'dana' }),
    entity('Team', 'core'),
    entity('Service', 'shop'),
    entity('Service', 'lonely'),
    entity('Environment', 'staging', { resources: 3 }),
    entity('Environment', 'demo-7', { expires: '2026-11-23T02:14:00.000Z' }, [to('ownedBy', 'Person', dana)]),
    entity('Environment', 'core-test', {}, [to('ownedBy', 'Team', 'core')]),
    entity('Resource', 'shop-vm', {}, [to('partOf', 'Service', 'shop'), to('runsIn', 'Environment', 'staging')]),
  ],
})
const said = async (words: string) => (await small.read((await small.ask(words)).reply)).replace(/\s+/g, ' ')

test.each([
  [
    'all of them',
    'list environments',
    /3 environments\. .*core-test .*demo-7 .*expires in 2 days.*staging 3 resources/,
  ],
  ['of a team', 'environments of core', /1 environment of core\. .*core-test/],
  ['mine', 'my environments', /1 environment of dana/],
  ['of a service, by what of it runs there', 'where does shop run', /1 environment of shop\. .*staging/],
  ['none', 'environments of lonely', /No environment of lonely is known\./],
])('%s', async (_what, words, wanted) => expect(await said(words)).toMatch(wanted))

test.each([
  [
    'create a preview environment for shop for 2 days',
    'environment.create',
    ['Environments of shop', 'List environments'],
  ],
  ['extend demo-7 by 2 days', 'environment.extend', ['List environments']],
  ['tear down demo-7', 'environment.delete', ['List environments']],
])('%s is understood and is to come', async (words, command, titles) => {
  const outcome = await small.ask(words)
  expect(outcome).toMatchObject({ outcome: 'refuse', command })
  expect(outcome.reply.buttons!.map(({ title }) => title)).toEqual(titles)
})
