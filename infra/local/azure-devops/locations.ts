/** One place of the REST API as `OPTIONS /_apis/{area}` lists it; clients build their addresses from the template. */
export interface ResourceLocation {
  id: string
  area: string
  resourceName: string
  routeTemplate: string
  resourceVersion: number
  minVersion: string
  maxVersion: string
  releasedVersion: string
}

/** The areas of the service with the ids that Microsoft's clients ask for. */
export const areas: Record<string, string> = {
  core: '79134c72-4a58-4b42-976c-04e7115f32bf',
  git: '4e080c62-fa21-4fbc-8fef-2a10a2b38049',
  build: '965220d5-5bb9-42cf-8d67-9b146df2a5a4',
  wit: '5264459e-e5e0-4bd8-b118-0985e68a4ec5',
  work: '1d4f49f9-02b9-4e26-b826-2cdb6195f2a9',
  release: 'efc2f575-36ef-48e9-b672-0c6fb4a48ac5',
  policy: 'fb13a388-40dd-4a04-b530-013a739c72ef',
  test: 'c2aa639c-3ccc-4740-b3b6-ce2a1e1d984e',
  packaging: '7ab4e64e-c4d8-4f50-ae73-5ef2e21642a5',
  graph: 'bb1e7ec9-e901-4b68-999a-de7012b920f8',
}

const git = '{project}/_apis/git/repositories/{repositoryId}'
const pull = `${git}/pullRequests/{pullRequestId}`
const settings = '{project}/{team}/_apis/work/teamsettings'

/** area, id, resource, route template, resource version: the ids are those of azure-devops-node-api 17. */
const table: [area: string, id: string, resource: string, route: string, version: number][] = [
  ['Location', '00d9565f-ed9c-4a06-9a50-00e7896ccab4', 'ConnectionData', '_apis/{resource}', 1],
  ['Location', 'e81700f7-3be2-46de-8624-2eb35882fcaa', 'ResourceAreas', '_apis/{resource}/{areaId}', 1],
  ['core', '603fe2ac-9723-48b9-88ad-09305aa6c6e1', 'projects', '_apis/{resource}/{*projectId}', 4],
  ['core', 'd30a3dd1-f8ba-442a-b86a-bd0c0c383e59', 'teams', '_apis/projects/{projectId}/{resource}/{*teamId}', 3],
  ['core', '7a4d9ee9-3433-4347-b47a-7a80f1cf307e', 'teams', '_apis/{resource}', 3],
  [
    'core',
    '294c494c-2600-4d7e-b76c-3dd50c3c95be',
    'members',
    '_apis/projects/{projectId}/teams/{teamId}/{resource}',
    2,
  ],
  [
    'git',
    '225f7195-f9c7-4d14-ab28-a83f7ff77e1f',
    'repositories',
    '{project}/_apis/{area}/{resource}/{repositoryId}',
    2,
  ],
  ['git', 'fb93c0db-47ed-4a31-8c20-47552878fb44', 'items', `${git}/{resource}/{*path}`, 1],
  ['git', '2d874a60-a811-4f62-9c9f-963a6ea0a55b', 'refs', `${git}/{resource}/{*filter}`, 2],
  ['git', 'd5b216de-d8d5-4d32-ae76-51df755b16d3', 'stats', `${git}/{resource}/branches/{*name}`, 2],
  ['git', 'ea98d07b-3c87-4971-8ede-a613694ffb55', 'pushes', `${git}/{resource}/{pushId}`, 3],
  ['git', 'c2570c3b-5b3f-41b8-98bf-5407bfde8d58', 'commits', `${git}/{resource}/{commitId}`, 2],
  ['git', '5bf884f5-3e07-42e9-afb8-1b872267bf16', 'changes', `${git}/commits/{commitId}/{resource}`, 1],
  ['git', '9946fd70-0d40-406e-b686-b4744cbbcc37', 'pullRequests', `${git}/{resource}/{pullRequestId}`, 2],
  ['git', 'a5d28130-9cd2-40fa-9f08-902e7daa9efb', 'pullRequests', '{project}/_apis/{area}/{resource}', 2],
  [
    'git',
    '01a46dea-7d46-4d40-bc84-319e7c260d99',
    'pullRequests',
    '{project}/_apis/{area}/{resource}/{pullRequestId}',
    2,
  ],
  ['git', '4b6702c7-aa35-4b89-9c96-b9abf6d3e540', 'pullRequestReviewers', `${pull}/reviewers/{reviewerId}`, 1],
  ['build', '0cd358e1-9217-4d94-8269-1c1ee6f93dcf', 'builds', '{project}/_apis/{area}/{resource}/{buildId}', 7],
  [
    'build',
    'dbeaf647-6167-421a-bda9-c9327b25e2e6',
    'definitions',
    '{project}/_apis/{area}/{resource}/{definitionId}',
    7,
  ],
  ['build', '54481611-01f4-47f3-998f-160da0f0c229', 'latest', '{project}/_apis/{area}/{resource}/{definition}', 1],
  ['build', '54572c7b-bbd3-45d4-80dc-28be08941620', 'changes', '{project}/_apis/{area}/builds/{buildId}/{resource}', 2],
  [
    'build',
    '8baac422-4c6e-4de5-8532-db96d92acffa',
    'Timeline',
    '{project}/_apis/{area}/builds/{buildId}/{resource}/{timelineId}',
    3,
  ],
  [
    'build',
    '35a80daf-7f30-45fc-86e8-6b813d9c90df',
    'logs',
    '{project}/_apis/{area}/builds/{buildId}/{resource}/{logId}',
    2,
  ],
  ['pipelines', '28e1305e-2afe-47bf-abaf-cbb0e6a91988', 'pipelines', '{project}/_apis/{resource}/{pipelineId}', 1],
  [
    'pipelines',
    '7859261e-d2e9-4a68-b820-a5d84cc5bb3d',
    'runs',
    '{project}/_apis/pipelines/{pipelineId}/{resource}/{runId}',
    1,
  ],
  ['wit', '1a9c53f7-f243-4447-b110-35ef023636e4', 'wiql', '{project}/{team}/_apis/{area}/{resource}', 2],
  ['wit', '72c7ddf8-2cdc-4f60-90cd-ab71c14a399b', 'workItems', '{project}/_apis/{area}/{resource}/{id}', 3],
  ['wit', '62d3d110-0047-428c-ad3c-4fe872c91c74', 'workItems', '{project}/_apis/{area}/{resource}/${type}', 3],
  ['wit', '908509b6-4248-4475-a1cd-829139ba419f', 'workItemsBatch', '{project}/_apis/{area}/{resource}', 1],
  ['wit', '7c8d7a76-4a09-43e8-b5df-bd792f4ac6aa', 'workItemTypes', '{project}/_apis/{area}/{resource}/{type}', 2],
  [
    'wit',
    '608aac0a-32e1-4493-a863-b9cf4566d257',
    'comments',
    '{project}/_apis/{area}/workItems/{workItemId}/{resource}/{commentId}',
    3,
  ],
  ['work', 'c9175577-28a1-4b06-9197-8636af9f64ad', 'iterations', `${settings}/{resource}/{id}`, 1],
  ['work', '5b3ef1a6-d3ab-44cd-bafd-c7f45db850fa', 'workitems', `${settings}/iterations/{iterationId}/{resource}`, 1],
  ['work', 'c3c1012b-bea7-49d7-b45e-1664e566f84c', 'teamsettings', settings, 1],
  ['work', '07ced576-58ed-49e6-9c1e-5cb53ab8bf2a', 'teamfieldvalues', `${settings}/{resource}`, 1],
  ['work', '74412d15-8c1a-4352-a48d-ef1ed5587d57', 'capacities', `${settings}/iterations/{iterationId}/{resource}`, 3],
  ['work', '2d4faa2e-9150-4cbf-a47a-932b1b4a0773', 'teamdaysoff', `${settings}/iterations/{iterationId}/{resource}`, 1],
  [
    'wit',
    'f828fe59-dd87-495d-a17c-7a8d6211ca6c',
    'workItemRevisions',
    '{project}/_apis/{area}/reporting/{resource}',
    2,
  ],
  ['wit', 'b70d8d39-926c-465e-b927-b1bf0e5ca0e0', 'recyclebin', '{project}/_apis/{area}/{resource}/{id}', 2],
  [
    'policy',
    'dad91cbe-d183-45f8-9c6e-9c1164472121',
    'configurations',
    '{project}/_apis/{area}/{resource}/{configurationId}',
    1,
  ],
  [
    'policy',
    'c23ddff5-229c-4d04-a80b-0fdce9f360c8',
    'evaluations',
    '{project}/_apis/{area}/{resource}/{evaluationId}',
    1,
  ],
  ['Test', 'cadb3810-d47d-4a3c-a234-fe5f3be50138', 'runs', '{project}/_apis/{area}/{resource}/{runId}', 3],
  [
    'Test',
    '4637d869-3a76-4468-8057-0bb02aa385cf',
    'results',
    '{project}/_apis/{area}/runs/{runId}/{resource}/{testCaseResultId}',
    6,
  ],
  ['Release', 'b005ef73-cddc-448e-9ba2-5193bf36b19f', 'deployments', '{project}/_apis/{area}/{resource}', 2],
  ['work', '23ad19fc-3b8e-4877-8462-b3f92bc06b40', 'boards', '{project}/{team}/_apis/{area}/{resource}/{id}', 1],
  [
    'work',
    'c555d7ff-84e1-47df-9923-a3fe0cd8751b',
    'columns',
    '{project}/{team}/_apis/{area}/boards/{board}/{resource}',
    1,
  ],
  [
    'Release',
    'd8f96f24-8ea7-4cb6-baab-2df8fc515665',
    'definitions',
    '{project}/_apis/{area}/{resource}/{definitionId}',
    4,
  ],
  ['Release', 'a166fde7-27ad-408e-ba75-703c2cc9d500', 'releases', '{project}/_apis/{area}/{resource}/{releaseId}', 9],
  ['Release', 'b47c6458-e73b-47cb-a770-4df1e8813a91', 'approvals', '{project}/_apis/{area}/{resource}', 3],
  ['Release', '9328e074-59fb-465a-89d9-b09c82ee5109', 'approvals', '{project}/_apis/{area}/{resource}/{approvalId}', 3],
]

/** The places of an area, by its name in any case. */
export const locationsOf = (area: string): ResourceLocation[] =>
  table
    .filter(([name]) => name.toLowerCase() === area.toLowerCase())
    .map(([name, id, resourceName, routeTemplate, resourceVersion]) => ({
      ...{ id, area: name, resourceName, routeTemplate, resourceVersion },
      ...{ minVersion: '1.0', maxVersion: '7.2', releasedVersion: '7.1' },
    }))
