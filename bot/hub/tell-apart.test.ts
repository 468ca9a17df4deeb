import { expect, test } from '@jest/globals'
import type { Entity, Json, Kind } from '../../skills/kit/model.js'
import { tellApart } from './tell-apart.js'

const entity = (name: string, props: Record<string, Json> = {}, kind: Kind = 'Resource'): Entity => ({
  tenant: 'contoso',
  kind,
  id: `${kind}/${name}/${JSON.stringify(props)}`,
  name,
  aliases: [],
  props,
  sources: [],
  from: '2026-01-01T00:00:00.000Z',
})

test.each<[string, Entity[], string[]]>([
  ['different names', [entity('a'), entity('b')], ['a', 'b']],
  [
    'one environment, two regions',
    [
      entity('kv', { environment: 'prd', region: 'westeurope' }),
      entity('kv', { environment: 'prd', region: 'northeurope' }),
    ],
    ['kv · westeurope', 'kv · northeurope'],
  ],
  ['a property that one of them lacks', [entity('kv', { region: 'westeurope' }), entity('kv')], ['kv · 1', 'kv · 2']],
  ['two kinds', [entity('web', {}, 'Service'), entity('web', {}, 'Repository')], ['web · Service', 'web · Repository']],
  [
    'one namesake among others',
    [entity('a'), entity('b', {}, 'Service'), entity('b')],
    ['a', 'b · Service', 'b · Resource'],
  ],
])('%s', (_, entities, titles) => expect(tellApart(entities)).toEqual(titles))
