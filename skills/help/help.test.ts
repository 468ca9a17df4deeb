import { expect, test } from '@jest/globals'
import { smallHub } from '../../bot/hub/testing/small-hub.js'
import type { Place, Role } from '../kit/model.js'
import catalog from '../catalog/index.js'
import onCall from '../on-call/index.js'
import help from './index.js'

const small = smallHub({ skills: [catalog, help, onCall] })
const said = async (words: string, role: Role = 'developer', place: Place['kind'] = 'personal') =>
  (await small.read((await small.ask(words, small.caller(role, place))).reply)).replace(/\s+/g, ' ')

test.each<[what: string, words: string, role: Role, place: Place['kind'], wanted: RegExp]>([
  [
    'everything a developer may use',
    'help',
    'developer',
    'personal',
    /5 commands Write to me here[^]*“who owns ‹what›” \/catalog owner[^]*\/on-call[^]*“help” \/help$/,
  ],
  ['a guest sees what a guest may use', 'help', 'guest', 'personal', /1 command Write to me here/],
  ['in a channel, how to be heard there', 'help', 'developer', 'channel', /Mention me, or use a slash command\./],
  ['in the terminal, how to ask there', 'help', 'developer', 'terminal', /Ask in quotes, or use a slash command\./],
  [
    'a topic at length, its arguments included',
    'help on-call',
    'developer',
    'personal',
    /“who's on call for ‹whose pager›”[^]*at when: time \(may be left out\)/,
  ],
  [
    'a topic by its slash',
    'help /on-call',
    'developer',
    'personal',
    /Who is on call for a service or team · \/on-call/,
  ],
  [
    'a topic there is none of',
    'help weather',
    'developer',
    'personal',
    /There is no help on “weather”\.[^]*Topics are catalog, [^]*on-call/,
  ],
  [
    'a topic that is not the guest’s',
    'help catalog',
    'guest',
    'personal',
    /There is no help on “catalog”\. Topics are help\./,
  ],
])('%s', async (_what, words, role, place, wanted) => expect(await said(words, role, place)).toMatch(wanted))
