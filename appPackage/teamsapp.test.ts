import { expect, test } from '@jest/globals'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { readSettings } from './settings.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const source = readFileSync(join(root, 'teamsapp.yml'), 'utf8')

interface Action {
  uses: string
  with: Record<string, unknown>
  writeToEnvironmentFile?: Record<string, string>
}
type Stage = 'provision' | 'deploy' | 'publish'
const project = parse(source) as { version: string; environmentFolderPath: string } & Record<Stage, Action[]>
const stages: Stage[] = ['provision', 'deploy', 'publish']
const actions = stages.flatMap((stage) => project[stage])

/** Actions by name with what each must be given and must write (the toolkit's yaml.schema.json v1.11). */
const known: Record<string, { needs: string[]; writes?: string[] }> = {
  'teamsApp/create': { needs: ['name'], writes: ['teamsAppId'] },
  'aadApp/create': {
    needs: ['name', 'generateClientSecret', 'signInAudience'],
    writes: ['clientId', 'objectId', 'clientSecret'],
  },
  script: { needs: ['run'] },
  'teamsApp/validateAppPackage': { needs: ['appPackagePath'] },
  'teamsApp/update': { needs: ['appPackagePath'] },
  'teamsApp/publishAppPackage': { needs: ['appPackagePath'], writes: ['publishedAppId'] },
  'azureAppService/zipDeploy': { needs: ['artifactFolder', 'resourceId'] },
}

test('its actions are the toolkit’s, with what each of them needs', () => {
  expect(project.version).toBe('v1.11')
  for (const { uses, with: given, writeToEnvironmentFile = {} } of actions) {
    expect(Object.keys(known)).toContain(uses)
    expect(Object.keys(given)).toEqual(expect.arrayContaining(known[uses]!.needs))
    expect(Object.keys(writeToEnvironmentFile)).toEqual(expect.arrayContaining(known[uses]!.writes ?? []))
  }
})

test('a secret goes to a variable whose name keeps it out of the committed file', () => {
  const written = actions.flatMap(({ writeToEnvironmentFile = {} }) => Object.entries(writeToEnvironmentFile))
  for (const [what, variable] of written)
    expect(variable).toMatch(/secret/i.test(what) ? /^SECRET_[A-Z0-9_]+$/ : /^(?!SECRET_)[A-Z][A-Z0-9_]*$/)
  expect(readFileSync(join(root, project.environmentFolderPath, '.gitignore'), 'utf8')).toContain('.env.*.user')
})

test('every variable is declared in the environment’s file', () => {
  const declared = readFileSync(join(root, project.environmentFolderPath, '.env.dev'), 'utf8')
  const used = new Set([...source.matchAll(/\$\{\{(\w+)\}\}/g)].map(([, name]) => name!))
  expect(used.size).toBeGreaterThan(3)
  for (const name of used) expect(declared).toMatch(new RegExp(`^${name}=`, 'm'))
})

test('the files it names are there, or are what its own script writes', () => {
  const paths = [...source.matchAll(/(?:ignoreFile|artifactFolder|environmentFolderPath): (\S+)/g)].map(
    ([, path]) => path!,
  )
  const programs = [...source.matchAll(/run: node (\S+) (\S+)/g)].flatMap(([, runner, program]) => [runner!, program!])
  expect(programs).toHaveLength(4)
  for (const path of [...paths, ...programs]) expect([path, existsSync(join(root, path))]).toEqual([path, true])
  for (const stage of stages) {
    const script = project[stage].findIndex(({ uses }) => uses === 'script')
    const users = project[stage].flatMap(({ with: { appPackagePath } }, at) =>
      appPackagePath ? [{ appPackagePath, at }] : [],
    )
    for (const { appPackagePath, at } of users) {
      expect(at).toBeGreaterThan(script)
      expect(`./${outOf(String(project[stage][script]!.with.run))}`).toBe(appPackagePath)
    }
  }
})

test('its script calls the package program with flags the program takes', () => {
  const filled = scriptArguments(actions.find(({ uses }) => uses === 'script')!).map((text) =>
    text
      .replace(/\$\{\{(TEAMS_APP_ID|NEXUS_BOT_APP_ID)\}\}/, '0b9d5c1e-2f63-4f8e-8f3a-8d2f1d6a7c01')
      .replace(/\$\{\{\w+\}\}/, 'dev'),
  )
  expect(readSettings(filled, {}, '1.0.0')).toMatchObject({ local: false, out: 'appPackage/.build/nexus.dev.zip' })
})

const scriptArguments = (action: Action): string[] => String(action.with.run).split(' ').slice(3)
const outOf = (run: string): string => / --out (\S+)/.exec(run)![1]!
