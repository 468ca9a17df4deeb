/**
 * The arrows of the house. Each rule is a sentence; ARCHITECTURE.md gives the picture.
 * @type {import('dependency-cruiser').IConfiguration}
 */
const tests = '\\.test\\.ts$|/testing/'
const vendor = (name, packages, home) => ({
  name: `${name}-has-one-home`,
  comment: `The ${name} SDK is used in ${home} and nowhere else, so that it can be replaced in one room.`,
  severity: 'error',
  from: { path: '^(bot|skills|cards)/', pathNot: `^${home}/|${tests}` },
  to: { path: `node_modules/(${packages})/` },
})

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'No cycles, not of types either: every file can be read from its imports down.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'cards-know-nobody',
      comment: 'Cards know nobody: how Nexus looks depends on no skill, host or tenant.',
      severity: 'error',
      from: { path: '^cards/', pathNot: tests },
      to: { path: '^(bot|skills|infra|appPackage|test)/' },
    },
    {
      name: 'skills-know-no-host',
      comment: 'Skills know no host: they get ports, and never import bot/, infra/ or a test.',
      severity: 'error',
      from: { path: '^skills/', pathNot: tests },
      to: { path: '^(bot|infra|appPackage|test)/' },
    },
    {
      name: 'skills-know-no-package',
      comment: 'Skills know no vendor package and no I/O of Node: what they need comes as a port.',
      severity: 'error',
      from: { path: '^skills/', pathNot: tests },
      to: { dependencyTypes: ['npm', 'npm-dev', 'npm-peer', 'core'] },
    },
    {
      name: 'skills-are-strangers',
      comment: 'Skills are strangers to each other: they share the catalog and the kit, nothing else.',
      severity: 'error',
      from: { path: '^skills/(?!kit/)([^/]+)/' },
      to: { path: '^skills/(?!kit/)([^/]+)/', pathNot: '^skills/$1/' },
    },
    {
      name: 'kit-knows-no-skill',
      comment: 'The kit is what skills are made of, so it knows no skill.',
      severity: 'error',
      from: { path: '^skills/kit/', pathNot: tests },
      to: { path: '^skills/(?!kit/)' },
    },
    {
      name: 'hub-and-language-are-pure',
      comment: 'Hub and language import no channel, provider, store, worker or vendor package: effects come by ports.',
      severity: 'error',
      from: { path: '^bot/(hub|language)/', pathNot: tests },
      to: { path: '^bot/(channels|providers|store|workers|compose|config|main)|^infra/|node_modules/(?!zod/)' },
    },
    {
      name: 'only-compose-wires',
      comment: 'Only compose.ts and the two programs know every room: a room never reaches for another by itself.',
      severity: 'error',
      from: { path: '^bot/(channels|providers|store|workers)/', pathNot: tests },
      to: { path: '^bot/(compose|main)', pathNot: '^bot/channels/terminal/' },
    },
    {
      name: 'channels-and-store-are-strangers',
      comment:
        'A channel hears and speaks; it reaches no provider, store or other channel except through what compose hands it.',
      severity: 'error',
      from: { path: '^bot/channels/([^/]+)/', pathNot: tests },
      to: { path: '^bot/(providers|store/(sqlite|cosmos)|workers|channels/(?!$1/))' },
    },
    {
      name: 'store-knows-itself',
      comment:
        'The store knows no room above it: it keeps what it is given. Only how a change is kept is said by the hub, in types.',
      severity: 'error',
      from: { path: '^bot/store/', pathNot: tests },
      to: {
        path: '^bot/(actions|channels|compose|hub|language|providers|settings|workers)[/.]',
        pathNot: '^bot/hub/change/change-(book|data)\\.ts$',
      },
    },
    {
      name: 'workers-are-strangers',
      comment:
        'Workers reach no channel, provider or other worker, and of the hub only the deciding of changes: the rest compose hands them.',
      severity: 'error',
      from: { path: '^bot/workers/([^/]+)/', pathNot: tests },
      to: {
        path: '^bot/(channels|compose|language|providers|settings|hub/(?!change/)|store/(sqlite|cosmos)|workers/[^/]+/)',
        pathNot: '^bot/workers/$1/',
      },
    },
    {
      name: 'providers-are-strangers',
      comment: 'Providers are strangers to each other: vendor in, ports out.',
      severity: 'error',
      from: { path: '^bot/providers/([^/]+)/' },
      to: { path: '^bot/(providers/(?!$1/)|channels|hub|language|workers|store)' },
    },
    {
      name: 'product-never-imports-the-local-tenant',
      comment: 'Nothing of the product imports infra/local: it is reached over the network like the real thing.',
      severity: 'error',
      from: { path: '^(bot|skills|cards|appPackage)/', pathNot: tests },
      to: { path: '^infra/' },
    },
    {
      name: 'the-local-tenant-never-imports-the-product',
      comment: 'The local tenant stands for the vendors, so it knows nothing of the product.',
      severity: 'error',
      from: { path: '^infra/local/', pathNot: tests },
      to: { path: '^(bot|skills|cards|appPackage)/' },
    },
    {
      name: 'tests-are-not-product',
      comment: 'Product code never imports a test or a development package.',
      severity: 'error',
      from: { path: '^(bot|skills|cards|infra/local|appPackage)/', pathNot: tests },
      to: { path: '^test/|\\.test\\.ts$' },
    },
    {
      name: 'no-development-packages',
      comment: 'What the product imports is a dependency, not a development dependency.',
      severity: 'error',
      from: { path: '^(bot|skills|cards|infra/local)/', pathNot: tests },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'imports-resolve',
      comment: 'Every import leads somewhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    vendor(
      'Bot Framework',
      'botbuilder|botbuilder-core|botframework-connector|botframework-schema|@microsoft/teams-ai',
      'bot/channels/teams',
    ),
    vendor('restify', 'restify', 'bot/channels/http'),
    vendor(
      'Azure',
      '@azure/arm-resourcegraph|@azure-rest/core-client|@azure/core-lro|@azure/monitor-query',
      'bot/providers/azure',
    ),
    vendor('GitHub', '@octokit/.*', 'bot/providers/github'),
    vendor('Azure DevOps', 'azure-devops-node-api', 'bot/providers/azure-devops'),
    vendor('Graph', '@microsoft/microsoft-graph-client', 'bot/providers/entra'),
    vendor('SQLite', 'libsql', 'bot/store/sqlite'),
    vendor('Cosmos', '@azure/cosmos', 'bot/store/cosmos'),
    vendor('templating', 'adaptivecards-templating|adaptive-expressions', 'cards'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(\\.build|gallery)/|^infra/local/page/browser/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.cjs', '.mjs', '.json'],
    },
  },
}
