import type { KindDeclaration } from '../kind-declaration.js'
import { described, environment, moment, severity, text } from './common-properties.js'

export const alertRule: KindDeclaration = {
  kind: 'AlertRule',
  title: 'Alert rule',
  plural: 'Alert rules',
  summary: 'What is watched, and when it rings.',
  icon: 'alert',
  says: ['alert rule', 'alert', 'monitor', 'alarm'],
  properties: {
    ...described,
    state: {
      ...text('State', 'status'),
      values: ['ok', 'firing', 'disabled'],
      looks: { firing: 'attention', disabled: 'warning', ok: 'good' },
    },
    severity,
    condition: text('Condition', 'threshold', 'query'),
    window: text('Window'),
    enabled: { type: 'boolean', title: 'Enabled', says: ['enabled', 'active', 'switched on'] },
    fired: moment('Last fired', 'fired', 'rang'),
    environment,
  },
  relations: {
    watches: ['Service', 'Resource', 'Environment'],
    ownedBy: ['Team', 'Person'],
    partOf: ['Resource', 'Service'],
    declaredBy: ['Repository'],
  },
  sentence: ['Watches {watches}', ': {condition}', '.'],
  facts: ['severity', 'ownedBy', 'fired', 'window', 'environment', 'enabled'],
  sections: [{ title: 'Watches', steps: ['watches'] }],
  next: [
    { ask: 'show', of: 'watches' },
    { ask: 'on-call', of: 'watches' },
  ],
  ownable: true,
}
