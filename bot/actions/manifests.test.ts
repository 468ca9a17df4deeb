import { describe, expect, test } from '@jest/globals'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import action from '../../skills/actions/index.js'
import { discoverSkills } from '../discover-skills.js'
import { manifestJsonSchema } from './manifest-schema.js'
import { withOwnActions } from './own-actions.js'
import { readLibrary } from './read-library.js'
import { readManifest } from './read-manifest.js'

const root = join(import.meta.dirname, '..', '..')
const skills = await discoverSkills(join(root, 'skills'))
const { check } = action.manifests!
const library = readLibrary(join(root, 'skills', 'actions', 'library'), check)
const restart = readFileSync(join(root, 'skills/actions/library/app-service/web-app-restart.yaml'), 'utf8')
const mistakesOf = (text: string) => readManifest('x.yaml', text, check).mistakes ?? []

test('the library is read', () => {
  expect(library.map(({ id }) => id).sort()).toEqual(['scale-set.scale', 'web-app.restart'])
})

test('the published schema is the one that is checked', () => {
  const published = join(root, 'skills', 'actions', 'manifest.schema.json')
  expect(JSON.parse(readFileSync(published, 'utf8'))).toEqual(JSON.parse(JSON.stringify(manifestJsonSchema())))
})

const operations = join(root, '..', 'shared', 'specs', 'arm-operations.json')
const published = existsSync(operations)
  ? (JSON.parse(readFileSync(operations, 'utf8')) as { method: string; path: string; apiVersion: string }[])
  : []
/** Where the published operations are not at hand this suite has nothing to compare with, and is not there. */
if (published.length)
  test.each(
    library.flatMap(({ id, target, request, reads }) => [
      { id, type: target.type, ...request },
      ...Object.values(reads)
        .filter(({ path }) => !path.startsWith('{') || path.startsWith('{target.id}'))
        .map((read) => ({ id, type: target.type, method: 'GET', ...read })),
    ]),
  )('$id: $method $path ($apiVersion) is an operation that Azure publishes', ({ type, method, path, apiVersion }) => {
    const [namespace, ...types] = type.split('/')
    const own = `/subscriptions/{}/resourceGroups/{}/providers/${namespace}/${types.map((one) => `${one}/{}`).join('/')}`
    const plain = (text: string) => text.replaceAll(/\{[^}]*\}/g, '{}').toLowerCase()
    const wanted = plain(path.replace('{target.id}', own))
    const versions = published.filter((one) => one.method === method && plain(one.path) === wanted)
    expect(versions.map((one) => one.apiVersion)).toContain(apiVersion)
  })

/** The first of its phrases. */
const firstPhrase = /^ {2}- .*\n/m

describe('a mistake is said with file and line:', () => {
  test.each([
    ['no YAML', (text: string) => text.replace('says:', 'says: ['), /^x\.yaml, line \d+: /],
    ['no id', (text: string) => text.replace(/^id: .*$/m, ''), 'x.yaml, line 1: id: '],
    ['a foreign key', (text: string) => text.replace('patience: 15', 'patients: 15'), /Unrecognized key: "patients"/],
    [
      'too few phrases',
      (text: string) => text.replace(/says:[^]*?\n\n/, 'says:\n  - restart {target}\n\n'),
      'x.yaml, line 10: says: has ten phrases or more: understanding lives on them',
    ],
    [
      'a phrase that begins with a name',
      (text: string) => text.replace(firstPhrase, '  - "{target} restart"\n'),
      /says\.\d+: it begins with a value/,
    ],
    [
      'a phrase with an unknown slot',
      (text: string) => text.replace(firstPhrase, '  - bounce {target} {hard}\n'),
      /there is no argument hard/,
    ],
    [
      'a method that reads',
      (text: string) => text.replace('method: POST', 'method: GET'),
      /line \d+: request\.method: /,
    ],
    [
      'a path beside the target',
      (text: string) => text.replace("path: '{target.id}/restart'", 'path: /subscriptions/1/x'),
      /request\.path: it begins with \{target\.id\}/,
    ],
    [
      'an expression that is none',
      (text: string) => text.replace("site.properties.state == 'Running'", "site.properties.state = 'Running'"),
      /guards\.0\.holds: “= 'Running” is not understood \(character 23\)/,
    ],
    [
      'a name that nothing has',
      (text: string) => text.replace('State: site.properties.state\n', 'State: app.properties.state\n'),
      /result\.State: nothing is called app here; there is target, site, plan/,
    ],
    [
      'a read that uses a later one',
      (text: string) => text.replace("path: '{target.id}'\n", "path: '{plan.id}'\n"),
      /reads\.site\.path: nothing is called plan here; there is target/,
    ],
    [
      'an after without its before',
      (text: string) => text.replace('guards:', 'after:\n  Speed: target.name\nguards:'),
      /after\.Speed: before has no Speed/,
    ],
    ['a key that stands twice', (text: string) => `${text}\nid: other.thing\n`, /line \d+: .*unique/i],
    ['a huge file', (text: string) => text + '#'.repeat(60_000), 'x.yaml: it is longer than 50000 characters'],
    ['nothing', () => '', /x\.yaml, line 1: /],
    [
      'aliases without end',
      () =>
        `a: &a [x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a]\nc: [*b, *b, *b, *b, *b, *b, *b, *b]\n`,
      /x\.yaml, line 1: /,
    ],
  ])('%s', (_, change, said) => {
    const changed = change(restart)
    expect(changed).not.toBe(restart)
    const mistakes = mistakesOf(changed)
    expect(mistakes.join('\n')).toEqual(
      typeof said === 'string' ? expect.stringContaining(said) : expect.stringMatching(said),
    )
  })
})

describe("an organisation's own actions", () => {
  const settings = (files: Record<string, string>) => ({
    list: async (folder: string) => Object.keys(files).filter((path) => path.startsWith(`${folder}/`)),
    read: async (path: string) => files[path],
  })
  const says = ['kick-restart {target}', ...Array.from({ length: 10 }, (_, n) => `kick-restart {target} way ${n}`)]
  const own = restart
    .replace('id: web-app.restart', 'id: web-app.kick')
    .replace(/^says:\n(?: {2}- .*\n)+/m, `says:\n${says.map((phrase) => `  - ${phrase}\n`).join('')}`)
  const idsOf = async (files: Record<string, string>) => {
    const { skills: found, mistakes } = await withOwnActions(skills, settings(files))
    return { ids: Object.keys(found.find(({ name }) => name === 'action')!.commands), mistakes }
  }

  test('become commands beside those of the library', async () => {
    const { ids, mistakes } = await idsOf({ 'actions/kick.yaml': own, 'actions/README.md': '# no manifest' })
    expect(mistakes).toEqual([])
    const library = ['scale-set.scale', 'slot.swap', 'storage.rotate-key', 'vm.restart', 'web-app.restart']
    expect(ids.sort()).toEqual(['list', 'show', 'web-app.kick', ...library].sort())
  })

  test('never take the place of a built-in one, and one mistake stops no other', async () => {
    const { ids, mistakes } = await idsOf({
      'actions/a.yaml': restart,
      'actions/b.yaml': 'id: [',
      'actions/c.yaml': restart.replace('id: web-app.restart', 'id: web-app.again'),
      'actions/kick.yaml': own,
      'actions/kick-too.yaml': own,
    })
    expect(ids).toContain('web-app.kick')
    expect(ids).not.toContain('web-app.again')
    expect(mistakes).toEqual([
      'actions/a.yaml: there is a web-app.restart already; give it an id of its own',
      expect.stringMatching(/^actions\/b\.yaml, line 1: /),
      expect.stringMatching(
        /^actions\/c\.yaml: action\.web-app\.again and action\.web-app\.restart both say|^actions\/c\.yaml: .*both say/,
      ),
      'actions/kick-too.yaml: there is a web-app.kick already; give it an id of its own',
    ])
  })
})
