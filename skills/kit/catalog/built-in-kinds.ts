import type { KindDeclaration } from './kind-declaration.js'
import { alertRule } from './kinds/alert-rule.js'
import { api } from './kinds/api.js'
import { change } from './kinds/change.js'
import { deployment } from './kinds/deployment.js'
import { environment } from './kinds/environment.js'
import { incident } from './kinds/incident.js'
import { softwarePackage } from './kinds/package.js'
import { person } from './kinds/person.js'
import { pipeline } from './kinds/pipeline.js'
import { proposal } from './kinds/proposal.js'
import { pullRequest } from './kinds/pull-request.js'
import { repository } from './kinds/repository.js'
import { resource } from './kinds/resource.js'
import { run } from './kinds/run.js'
import { runbook } from './kinds/runbook.js'
import { schedule } from './kinds/schedule.js'
import { service } from './kinds/service.js'
import { team } from './kinds/team.js'
import { workItem } from './kinds/work-item.js'

/** The kinds that Nexus knows by itself, in the order people look for them. */
export const builtInKinds: readonly KindDeclaration[] = [
  service,
  resource,
  environment,
  pipeline,
  repository,
  team,
  api,
  softwarePackage,
  incident,
  workItem,
  person,
  pullRequest,
  run,
  deployment,
  change,
  runbook,
  alertRule,
  schedule,
  proposal,
]
