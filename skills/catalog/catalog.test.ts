import { expect, test } from '@jest/globals'
import { entity, pagerDuty, smallHub, to } from '../../bot/hub/testing/small-hub.js'
import catalog from './index.js'

const gitHub = { source: 'github', title: 'GitHub', asOf: '2026-11-21T02:00:00.000Z' }
const chain = (id: string, ...below: string[]) =>
  entity(
    'Service',
    id,
    {},
    below.map((one) => to('dependsOn', 'Service', one)),
    'github',
  )
const records = [
  ...['identity', 'atlas'].map((team) => entity('Team', team, {}, [to('leadBy', 'Person', 'dana')])),
  // Each source that knows a team tells of its members.
  entity('Person', 'dana', {}, [
    to('memberOf', 'Team', 'identity', 'Entra group'),
    to('memberOf', 'Team', 'identity', 'GitHub team'),
  ]),
  entity('Service', 'auth', { summary: 'Signs people in' }, [
    to('ownedBy', 'Team', 'atlas', 'tag team'),
    to('ownedBy', 'Team', 'identity', 'CODEOWNERS'),
  ]),
  entity('Service', 'agreed', {}, [to('ownedBy', 'Team', 'identity', 'tag team')]),
  entity('Service', 'unowned'),
  entity('Resource', 'st123', { environment: 'production' }, [to('partOf', 'Service', 'agreed')]),
  entity('Resource', 'st999'),
  entity('Service', 'shop', {}, [to('provides', 'Api', 'basket')]),
  entity(
    'Api',
    'basket',
    {
      publications: [
        {
          ...{ address: 'https://api.example/basket/v2', environment: 'production', gateway: 'apim-prd' },
          ...{ revision: '3', needsKey: true, products: ['Apps', 'Partners', 'Staff'] },
        },
        {
          address: 'https://apim-dev.example/basket',
          gateway: 'apim-dev',
          revision: '5',
          needsKey: false,
          products: [],
        },
      ],
    },
    [to('partOf', 'Service', 'shop', 'backend shop-prd'), to('dependsOn', 'Resource', 'st999', 'its gateway')],
  ),
  entity('Api', 'inner', { operations: 2 }, [to('partOf', 'Service', 'shop', 'tag service')]),
  entity('Resource', 'rg-cart'),
  entity('Resource', 'cart-web', { type: 'microsoft.web/sites', region: 'westeurope', resourceGroup: 'rg-Cart' }, [
    to('partOf', 'Service', 'cart'),
    to('partOf', 'Resource', 'rg-cart'),
  ]),
  chain('web', 'cart'),
  chain('cart', 'ledger', 'stock'),
  chain('stock', 'ledger'),
  chain('ledger'),
  chain('egg', 'hen'),
  chain('hen', 'egg'),
]

test.each<[what: string, words: string, wanted: RegExp]>([
  [
    'two sources disagree: the stronger one, and who says otherwise',
    'who owns auth',
    /disputed identity owns auth by CODEOWNERS, but tag team says atlas\. Lead dana Members 1/,
  ],
  ['one owner, by which evidence', 'who owns agreed', /identity owns agreed, by tag team\./],
  ['inherited from its service', 'who owns st123', /identity owns st123, by tag team of its service agreed\./],
  ['unowned', 'who owns unowned', /unowned Nobody owns unowned: no tag, CODEOWNERS/],
  ['unowned, without a service', 'who owns st999', /Nobody owns st999/],
  [
    'up, nearest first',
    'what depends on ledger',
    /3 services feel it when ledger fails: 2 directly, the farthest over 2 steps\./,
  ],
  ['down, by its noun', 'dependencies of web', /web stands on 3 services/],
  ['up, in an incident', 'what breaks if ledger goes down', /3 services feel it when ledger fails/],
  ['no such way', '/catalog depends ledger direction=sideways', /Which way must be one of up, down\./],
  ['down', 'what does web need', /web stands on 3 services: 1 directly, the farthest over 2 steps\./],
  ['only so many steps', '/catalog depends ledger depth=1', /2 services feel it/],
  [
    'too many steps',
    '/catalog depends ledger depth=99',
    /How many steps must be a whole number from 1 to 20, not 99\./,
  ],
  [
    'steps that are no number',
    '/catalog depends ledger depth=x',
    /How many steps must be a whole number from 1 to 20, not x\./,
  ],
  ['nothing above', 'what depends on web', /Nothing in the catalog depends on web\./],
  ['nothing below', 'what does ledger need', /ledger depends on nothing in the catalog\./],
  [
    'a circle ends where it began',
    'what depends on egg',
    /1 service feels it when egg fails: 1 directly, the farthest over 1 step\./,
  ],
  ['a service at a glance', 'show auth', /Service · auth Signs people in\. Owner/],
  [
    'an API: every address, in which revision, and who may call it',
    'show api basket',
    /Published \(2\) https:\/\/api\.example\/basket\/v2 production · apim-prd · revision 3 · with a key of Apps, Partners or Staff https:\/\/apim-dev\.example\/basket apim-dev · revision 5 · without a key/,
  ],
  ['an API on no gateway', 'show api inner', /^(?![^]*Published)[^]*Part of shop Operations 2/],
  [
    'an API says once what provides it, and what it is part of by that',
    'show api basket',
    /^(?![^]*Part of)[^]*Provided by shop/,
  ],
  [
    'a service says once what it provides',
    'show shop',
    /^(?![^]*basket[^]*basket)[^]*Provides \(1\) (\[\d+\] )?basket/,
  ],
  [
    'a resource says once in which group it is',
    'show cart-web',
    /Web app in West Europe, part of cart, resource group rg-Cart\.(?![^]*rg-Cart)/,
  ],
  ['a resource at a glance', 'show st123', /Azure resource · st123 [^]*Environment production/],
])('%s', async (_what, words, wanted) => {
  const small = smallHub({ skills: [catalog], records, sources: [pagerDuty, gitHub] })
  expect((await small.read((await small.ask(words)).reply)).replace(/\s+/g, ' ')).toMatch(wanted)
})
