import { expect, test } from '@jest/globals'
import { recast, type Put } from './recast.js'
import { tokensOf } from './tokens.js'

const words = {
  verbs: new Set(['restart', 'scale', 'mark', 'swap', 'stop']),
  isName: (said: string) => ['staging', 'checkout', 'checkout in dev'].includes(said),
}
const asked: Put = { isOpened: false, isWanted: false, isPolite: false }
const put = (text: string, as: Partial<Put> = {}) => {
  const { tokens, tellsNeed } = recast(tokensOf(text), words, { ...asked, ...as })
  return [tokens.map(({ word }) => word).join(' '), tellsNeed]
}

test.each<[text: string, as: Partial<Put>, verbFirst: string]>([
  ['get checkout restarted in staging', {}, 'restart checkout in staging'],
  ['have checkout restarted', { isOpened: true }, 'restart checkout'],
  ['need checkout restarted in staging', { isWanted: true }, 'restart checkout in staging'],
  ['need the slots to be swapped', { isWanted: true }, 'swap slots'],
  ['restart of checkout', { isPolite: true }, 'restart checkout'],
  ['checkout restarted', { isPolite: true }, 'restart checkout'],
  ['in staging restart checkout', {}, 'restart checkout in staging'],
  ['for checkout in dev scale it to 5', {}, 'scale it to 5 for checkout in dev'],
])('“%s” %j has the verb first: %s', (text, as, verbFirst) => expect(put(text, as)).toEqual([verbFirst, false]))

test.each([
  ['checkout needs a restart', 'restart checkout'],
  ['checkout in dev needs to be restarted', 'restart checkout in dev'],
  ['checkout needs restarting', 'restart checkout'],
])('“%s” tells what is needed, and is asked back as “%s”', (text, verbFirst) =>
  expect(put(text)).toEqual([verbFirst, true]),
)

test.each<[text: string, as: Partial<Put>]>([
  ['restart checkout in staging', {}],
  ['have checkout restarted', {}],
  ['need checkout restarted', {}],
  ['get the one that was restarted', {}],
  ['get checkout restarted and swapped', {}],
  ['need to know what was restarted', { isWanted: true }],
  ['mark 12 as restarted', { isPolite: true }],
  ['checkout was restarted', { isPolite: true }],
  ['checkout needs somebody', {}],
  ['on friday restart checkout', {}],
  ['in an hour restart checkout', {}],
  ['in staging restart', {}],
])('“%s” stays as it is', (text, as) =>
  expect(put(text, as)).toEqual([
    tokensOf(text)
      .map(({ word }) => word)
      .join(' '),
    false,
  ]),
)
