import { describe, expect, test } from '@jest/globals'
import { compileQuery } from './query.js'
import { QueryRefused } from './refusal.js'
import { asJson } from './types.js'
import type { Relation, Row } from './types.js'

const now = new Date('2026-11-20T10:30:00Z')

const relation = (columns: [string, Relation['columns'][number]['type']][], rows: Row[]): Relation => ({
  columns: columns.map(([name, type]) => ({ name, type })),
  rows: () => rows,
})

const tables: Record<string, Relation> = {
  resources: relation(
    [
      ['id', 'string'],
      ['name', 'string'],
      ['type', 'string'],
      ['tags', 'dynamic'],
      ['properties', 'dynamic'],
    ],
    [
      [
        '/a',
        'vm-one',
        'microsoft.compute/virtualmachines',
        { team: 'core', env: 'prd' },
        { size: 4, zones: ['1', '2'], on: true, at: '2026-11-19T08:00:00Z' },
      ],
      [
        '/b',
        'vm-two',
        'microsoft.compute/virtualmachines',
        { team: 'web' },
        { size: 8, zones: [], on: false, n: { x: "it's" } },
      ],
      ['/c', 'app-web', 'microsoft.web/sites', null, { size: 2, zones: ['3'], text: '{"k":[1,2]}' }],
    ],
  ),
  owners: relation(
    [
      ['team', 'string'],
      ['name', 'string'],
    ],
    [
      ['core', 'Dana'],
      ['core', 'Mei'],
      ['idle', 'Sam'],
    ],
  ),
}

const table = (name: string) => tables[name.toLowerCase()]
const run = (query: string): Record<string, unknown>[] => {
  const { columns, rows } = compileQuery(query, table, now)
  return rows().map((row) => Object.fromEntries(columns.map(({ name }, index) => [name, asJson(row[index] ?? null)])))
}
const valueOf = (expression: string, of = '/a'): unknown =>
  run(`Resources | where id == '${of}' | project value = ${expression}`)[0]?.['value']

describe('scalar expressions', () => {
  test.each<[string, unknown]>([
    // comparison
    [`name == 'vm-one'`, true],
    [`name == 'VM-ONE'`, false],
    [`name =~ 'VM-ONE'`, true],
    [`name !~ 'VM-ONE'`, false],
    [`name != 'x'`, true],
    [`properties.size == 4`, true],
    [`properties.size == '4'`, true],
    [`properties.size > 3.5`, true],
    [`properties.none == 'x'`, false],
    [`properties.none != 1`, true],
    [`isnull(properties.none > 1)`, true],
    [`properties.size between (1 .. 4)`, true],
    [`properties.size !between (1 .. 4)`, false],
    [`datetime(2026-11-19) between (ago(2d) .. now())`, true],
    // sets
    [`name in ('vm-one', 'x')`, true],
    [`name in~ ('VM-ONE')`, true],
    [`name !in ('vm-one')`, false],
    [`name !in~ ('VM-ONE')`, false],
    [`name in (dynamic(['vm-one']))`, true],
    [`tostring(properties.size) in ('4')`, true],
    // text
    [`name has 'one'`, true],
    [`name has 'on'`, false],
    [`name !has 'on'`, true],
    [`type has 'compute'`, true],
    [`name contains 'M-O'`, true],
    [`name contains_cs 'M-O'`, false],
    [`name startswith 'VM'`, true],
    [`name !startswith 'VM'`, false],
    [`name endswith '-ONE'`, true],
    [`name hasprefix 'on'`, true],
    [`name has_any ('two', 'one')`, true],
    [`name has_all ('vm', 'two')`, false],
    [`name matches regex '^vm-\\\\w+$'`, true],
    [`name matches regex @'^\\d'`, false],
    [`properties has 'zones'`, true],
    // logic and arithmetic
    [`true and not(false) or false`, true],
    [`1 + 2 * 3`, 7],
    [`7 / 2`, 3],
    [`7 / 2.0`, 3.5],
    [`7 % 4`, 3],
    [`1 / 0`, null],
    [`-properties.size`, -4],
    [`datetime(2026-11-20) - datetime(2026-11-19)`, '1.00:00:00'],
    [`datetime(2026-11-20) - 1h`, '2026-11-19T23:00:00Z'],
    [`(datetime(2026-11-20) - datetime(2026-11-19)) / 1h`, 24],
    [`ago(90m)`, '2026-11-20T09:00:00Z'],
    // conversion
    [`tostring(properties.size)`, '4'],
    [`tostring(properties.none)`, ''],
    [`tostring(tags)`, '{"team":"core","env":"prd"}'],
    [`toint('12x')`, null],
    [`tolong(3.9)`, 3],
    [`todouble('1.5')`, 1.5],
    [`tobool('True')`, true],
    [`todatetime(properties.at)`, '2026-11-19T08:00:00Z'],
    [`todatetime('yesterday')`, null],
    [`tostring(todatetime(properties.at))`, '2026-11-19T08:00:00.0000000Z'],
    // emptiness
    [`isempty('')`, true],
    [`isempty(properties.none)`, true],
    [`isnotempty(tags['team'])`, true],
    [`isnull(tags.absent)`, true],
    [`isnotnull(tags.team)`, true],
    [`coalesce(tostring(tags.absent), name)`, 'vm-one'],
    // choice
    [`iff(properties.on == true, 'on', 'off')`, 'on'],
    [`iif(1 > 2, 1, 2.5)`, 2.5],
    [`case(name has 'two', 1, name has 'one', 2, 3)`, 2],
    // strings
    [`strcat(name, '/', 1)`, 'vm-one/1'],
    [`split(name, '-')`, ['vm', 'one']],
    [`split(name, '-')[1]`, 'one'],
    [`split(name, '-', 0)`, ['vm']],
    [`split(id, '/')[-1]`, 'a'],
    [`extract('vm-(.*)', 1, name)`, 'one'],
    [`substring(name, 3)`, 'one'],
    [`substring(name, 0, 2)`, 'vm'],
    [`strlen(name)`, 6],
    [`toupper(name)`, 'VM-ONE'],
    [`replace_string(name, '-', '_')`, 'vm_one'],
    [`trim('v', name)`, 'm-one'],
    [`indexof(name, '-')`, 2],
    ['"it\'s"', "it's"],
    // dynamics
    [`tags.team`, 'core'],
    [`tags['team']`, 'core'],
    [`properties.zones[0]`, '1'],
    [`properties.zones[5]`, null],
    [`array_length(properties.zones)`, 2],
    [`bag_keys(tags)`, ['team', 'env']],
    [`bag_pack('a', 1, 'b', name)`, { a: 1, b: 'vm-one' }],
    [`dynamic({"a":[1,{"b":-2}]}).a[1].b`, -2],
    [`parse_json('{"k":[1,2]}').k[1]`, 2],
    [`todynamic('[1]')[0]`, 1],
    // datetimes
    [`format_datetime(now(), 'yyyy-MM-dd HH:mm')`, '2026-11-20 10:30'],
    [`bin(now(), 1h)`, '2026-11-20T10:00:00Z'],
    [`bin(7, 5)`, 5],
    [`startofday(now())`, '2026-11-20T00:00:00Z'],
    [`datetime_diff('day', now(), datetime(2026-11-18T23:00:00Z))`, 2],
  ])('%s is %j', (expression, expected) => {
    expect(valueOf(expression)).toEqual(expected)
  })
})

describe('tabular operators', () => {
  test.each<[string, unknown[]]>([
    [`Resources | where id == '/a' | project-keep n*`, [{ name: 'vm-one' }]],
    [`Resources | where id == '/a' | project-away tags, p*, type`, [{ id: '/a', name: 'vm-one' }]],
    [`Resources | take 1 | project-rename other = name | project other`, [{ other: 'vm-one' }]],
    [`resources | project tags.team | take 1`, [{ tags_team: 'core' }]],
    [`Resources | extend name = toupper(name) | project name | limit 1`, [{ name: 'VM-ONE' }]],
    [`where name has 'two' | project id`, [{ id: '/b' }]],
    [
      `Resources | summarize count() by type | order by type asc`,
      [
        { type: 'microsoft.compute/virtualmachines', count_: 2 },
        { type: 'microsoft.web/sites', count_: 1 },
      ],
    ],
    [
      `Resources | summarize total=count(), n=countif(isnotempty(tags['team'])), sum(toint(properties.size))`,
      [{ total: 3, n: 2, sum_properties_size: 14 }],
    ],
    [`Resources | where false | summarize count()`, [{ count_: 0 }]],
    [`Resources | where false | summarize count() by type`, []],
    [
      `Resources | summarize min(name), max(name), avg(todouble(properties.size))`,
      [{ min_name: 'app-web', max_name: 'vm-two', avg_properties_size: 14 / 3 }],
    ],
    [
      `Resources | summarize make_list(name), make_set(type) by tostring(properties.none)`,
      [
        {
          properties_none: '',
          list_name: ['vm-one', 'vm-two', 'app-web'],
          set_type: ['microsoft.compute/virtualmachines', 'microsoft.web/sites'],
        },
      ],
    ],
    [
      `Resources | extend s=toint(properties.size) | summarize arg_max(s, name, id) by type | project type, s, name | order by s asc`,
      [
        { type: 'microsoft.web/sites', s: 2, name: 'app-web' },
        { type: 'microsoft.compute/virtualmachines', s: 8, name: 'vm-two' },
      ],
    ],
    [
      `Resources | extend s=toint(properties.size) | summarize arg_min(s, *) by type | where type has 'compute' | project name, s`,
      [{ name: 'vm-one', s: 4 }],
    ],
    [
      `Resources | summarize dcount(type), percentile(toint(properties.size), 50)`,
      [{ dcount_type: 2, percentile_properties_size_50: 4 }],
    ],
    [`Resources | distinct type`, [{ type: 'microsoft.compute/virtualmachines' }, { type: 'microsoft.web/sites' }]],
    [`Resources | take 1 | project id, kind=name, by=toupper(name)`, [{ id: '/a', kind: 'vm-one', by: 'VM-ONE' }]],
    [`Resources | take 1 | extend by=name, kind=id | project ['by'], kind`, [{ by: 'vm-one', kind: '/a' }]],
    [`Resources | count`, [{ Count: 3 }]],
    [`Resources | top 1 by name desc | project name`, [{ name: 'vm-two' }]],
    [
      `Resources | order by tostring(tags.team) asc, name desc | project name`,
      [{ name: 'app-web' }, { name: 'vm-one' }, { name: 'vm-two' }],
    ],
    [`Resources | sort by todatetime(properties.at) asc nulls last | project id | take 1`, [{ id: '/a' }]],
    [
      `Resources | extend team=tostring(tags.team) | join kind=inner (Owners | project team, owner=name) on team | project id, owner`,
      [
        { id: '/a', owner: 'Dana' },
        { id: '/a', owner: 'Mei' },
      ],
    ],
    [
      `Resources | extend t=tostring(tags.team) | join kind=leftouter Owners on $left.t == $right.team | project id, name1 | order by id asc, name1 asc`,
      [
        { id: '/a', name1: 'Dana' },
        { id: '/a', name1: 'Mei' },
        { id: '/b', name1: '' },
        { id: '/c', name1: '' },
      ],
    ],
    [
      `Owners | join (Resources | extend team=tostring(tags.team)) on team | project name, id`,
      [{ name: 'Dana', id: '/a' }],
    ],
    [`Owners | join kind=fullouter (Resources | project team=tostring(tags.team), id) on team | count`, [{ Count: 5 }]],
    [
      `Resources | where id == '/a' | mv-expand zone = properties.zones to typeof(string) | project zone`,
      [{ zone: '1' }, { zone: '2' }],
    ],
    [
      `Resources | mv-expand z = properties.zones limit 1 | project id, z`,
      [
        { id: '/a', z: '1' },
        { id: '/b', z: null },
        { id: '/c', z: '3' },
      ],
    ],
    [
      `Resources | where id == '/a' | mv-expand tags | project tags`,
      [{ tags: { team: 'core' } }, { tags: { env: 'prd' } }],
    ],
    [`Resources | project name | union (Owners | project name) | count`, [{ Count: 6 }]],
    [`union Resources, Owners | where isempty(id) | project name, team | take 1`, [{ name: 'Dana', team: 'core' }]],
    [
      `Resources | summarize c=count() by day=bin(todatetime(properties.at), 1d) | where isnotnull(day)`,
      [{ day: '2026-11-19T00:00:00Z', c: 1 }],
    ],
    [`Resources // a comment\n| where id == '/a' | project id`, [{ id: '/a' }]],
  ])('%s', (query, expected) => {
    expect(run(query)).toEqual(expected)
  })
})

/** The details of the refusal of a query. */
function refusal(query: string) {
  try {
    run(query)
  } catch (error) {
    if (error instanceof QueryRefused) return error.details
    throw error
  }
  throw new Error(`not refused: ${query}`)
}

describe('what Resource Graph refuses', () => {
  test('text that does not parse, with its place', () => {
    const [first, second] = refusal(`Resources\n| wher name == 'x'`)
    expect(first).toMatchObject({ code: 'InvalidQuery' })
    expect(second).toMatchObject({ code: 'ParserFailure', line: 2, characterPositionInLine: 2, token: 'wher' })
    expect(refusal(`Resources | where name == 'x`)[1]).toMatchObject({ line: 1, token: '<EOF>', expectedToken: "'" })
  })

  test.each([
    ['.drop table Resources', '.drop'],
    ['.show tables', '.show'],
    [`externaldata(a:string)['https://example.org/x.csv']`, 'externaldata'],
    [`cluster('x').database('y').Resources`, 'cluster'],
    [`Resources | evaluate http_request('https://example.org')`, 'evaluate'],
    [`let x = 5; Resources | where name == x`, 'let'],
    [`Resources; Owners`, 'Owners'],
    [`Resources | invoke f()`, 'invoke'],
    [`Resources | render table`, 'render'],
    [`Resources | serialize`, 'serialize'],
    [`print 1`, 'print'],
    [`range x from 1 to 5 step 1`, 'range'],
    [`datatable(a:string)['x']`, 'datatable'],
    [`Resources | where name == current_principal()`, 'current_principal'],
    [`Resources | project x = toscalar(Owners | count)`, 'toscalar'],
    [`Resources | where * has 'x'`, '*'],
    [`Resources | join kind=leftanti Owners on name`, 'leftanti'],
    [`Resources | join hint.strategy=broadcast Owners on name`, 'hint.strategy'],
    [`Resources | summarize hll(name)`, 'hll'],
    [`set query_now = datetime(2020-01-01); Resources`, 'set'],
  ])('%s', (query, token) => {
    const [first, second] = refusal(query)
    expect(first?.code).toBe('InvalidQuery')
    expect(second?.code).toMatch(/InvalidQueryLanguage|ParserFailure/)
    expect(second?.token ?? second?.message).toContain(token)
  })

  test.each([
    ['Secrets', 'Table Secrets is invalid, unsupported or disallowed.'],
    [
      'Resources | where nothing == 1',
      "'where' operator: Failed to resolve column or scalar expression named 'nothing'",
    ],
    ['Resources | where Name == "x"', "named 'Name'"],
    ['Resources | where name', 'expected an expression of type bool, not string'],
    ['Resources | where name == 5', 'Cannot compare values of types string and long'],
    ['Resources | where tags.a == tags.b', 'Cannot compare values of types dynamic and dynamic'],
    ['Resources | summarize count() by tags', "Summarize group key 'tags' is of a 'dynamic' type"],
    ['Resources | order by tags.team', "Sort key 'tags_team' is of a 'dynamic' type"],
    ['Resources | join Owners on $left.tags == $right.team', "Join key 'tags' is of a 'dynamic' type"],
    ['Resources | project name.given', 'Expected a dynamic before a member access'],
    ['Resources | project x = substring(name)', 'substring(): function expects 2 or more argument(s), not 1'],
    ['Resources | mv-expand name', "'name' is not a dynamic"],
    ['Resources | mv-expand tags limit 9999', 'above the maximum of 2000'],
    ['Resources | project name, name = id', "a column named 'name' is there already"],
    ["Resources | where name matches regex '('", "The regular expression '(' is not valid"],
    [`Resources ${'| join Owners on name '.repeat(4)}`, 'at most 3 join operators'],
  ])('%s', (query, message) => {
    expect(refusal(query).at(-1)?.message).toContain(message)
  })

  test.each([
    ['deeply nested', `Resources | where ${'('.repeat(20_000)}true${')'.repeat(20_000)}`],
    ['of ten thousand operators', `Resources ${'| where true '.repeat(10_000)}`],
    ['of ten thousand conditions', `Resources | where ${"name == 'a' or ".repeat(10_000)}true`],
    ['too long', `Resources | where name == '${'x'.repeat(300_000)}'`],
  ])('at once a query that is %s', (_, query) => {
    const before = performance.now()
    expect(refusal(query).at(-1)?.code).toBe('QueryTooComplex')
    expect(performance.now() - before).toBeLessThan(500)
  })

  test('no list of three hundred ids', () => {
    const list = Array.from({ length: 300 }, (_, number) => `'/subscriptions/${'x'.repeat(180)}/${number}'`)
    expect(run(`Resources | where id in~ (${list.join()}, '/A') | project id`)).toEqual([{ id: '/a' }])
  })

  test('an empty query', () => {
    expect(refusal('')[0]?.code).toBe('InvalidQuery')
    expect(refusal('   ')[0]?.code).toBe('InvalidQuery')
  })
})

test('a hundred thousand rows are filtered and grouped in well under a second', () => {
  const rows = Array.from({ length: 100_000 }, (_, number): Row => [
    `/${number}`,
    `vm-${number}`,
    't',
    { team: `t${number % 7}` },
    {},
  ])
  const many = relation(
    tables['resources']!.columns.map(({ name, type }) => [name, type]),
    rows,
  )
  const query = `Resources | where tags.team =~ 'T3' | extend n = strlen(name) | summarize count() by n | order by n asc`
  compileQuery(query, () => many, now) // warms the parser up
  const before = performance.now()
  expect(compileQuery(query, () => many, now).rows().length).toBeGreaterThan(3)
  expect(performance.now() - before).toBeLessThan(1000)
})
