import { defineSkill } from '../kit/command.js'
import { checkManifest } from './check-manifest.js'
import { commandsOf } from './commands-of.js'
import { actionPorts } from './compile-action.js'

export default defineSkill({
  name: 'action',
  summary: 'Changes to what runs, each planned, approved and followed to its end.',
  order: 50,
  uses: actionPorts,
  commands: commandsOf([]),
  manifests: { check: checkManifest, compile: commandsOf },
})
