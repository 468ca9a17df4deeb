import { z } from 'zod/v4'
import { ApiManagement } from './api-management.js'
import { Pipeline, Repository, WorkItem } from './code.js'
import { OrganisationFile } from './organisation.js'
import { Person, Schedule, Team } from './people.js'
import { Cost, Incident, ResourceEntry, Service } from './services.js'

/** The files of an organisation folder, each with its schema. FORMAT.md in the folder above documents them for people. */
export const files = {
  'organisation.yaml': OrganisationFile,
  'people.yaml': z.array(Person).min(1),
  'teams.yaml': z.array(Team).min(1),
  'services.yaml': z.array(Service).min(1),
  'resources.yaml': z.array(ResourceEntry),
  'api-management.yaml': z.array(ApiManagement),
  'repositories.yaml': z.array(Repository),
  'pipelines.yaml': z.array(Pipeline),
  'work-items.yaml': z.array(WorkItem),
  'on-call.yaml': z.array(Schedule),
  'incidents.yaml': z.array(Incident),
  'costs.yaml': z.array(Cost),
} as const
