import { expect, test } from '@jest/globals'
import { entity, smallHub, to } from '../../bot/hub/testing/small-hub.js'
import runbook from './index.js'

const small = smallHub({
  skills: [runbook],
  records: [
    entity('Team', 'core'),
    entity('Service', 'cache', {}, [to('ownedBy', 'Team', 'core')]),
    entity('Service', 'bare'),
    entity('Runbook', 'redis failover', { symptoms: ['node down'] }, [to('documents', 'Service', 'cache')]),
    entity('Runbook', 'certificate renewal'),
  ],
})
const said = async (words: string) => (await small.read((await small.ask(words)).reply)).replace(/\s+/g, ' ')

test.each([
  ['of a service', 'runbook for cache', /1 runbook of cache\. .*redis failover node down/],
  ['of a team, by what it owns', 'runbooks of core', /1 runbook of core/],
  ['for some trouble', 'is there a runbook for certificate renewal', /1 runbook for “certificate renewal”/],
  [
    'for a trouble that none of the thing is for: those it has',
    'runbook for disk full on cache',
    /No runbook for “disk full” of cache is known\. These are of cache\. .*redis failover/,
  ],
  ['none', 'runbook of bare', /No runbook of bare is known\./],
])('%s', async (_what, words, wanted) => expect(await said(words)).toMatch(wanted))
