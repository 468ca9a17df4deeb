import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { readOpenApi } from './read-openapi.js'

const openApi = `
openapi: 3.1.0
info: { title: Prices, version: 1.4.0, summary: What things cost, license: { name: MIT, identifier: MIT } }
servers: [{ url: https://prices.example/v1 }]
paths:
  /prices: { get: { deprecated: true }, parameters: [] }
  /prices/{id}: { get: {}, delete: {}, x-note: {} }
components:
  securitySchemes:
    login: { type: oauth2, flows: {} }
    token: { type: http, scheme: bearer }
    key: { type: apiKey, in: header, name: X-Key }
`

test('an OpenAPI file tells its version, operations, servers and how callers say who they are', () => {
  expect(readOpenApi('openapi.yaml', openApi)).toEqual({
    api: {
      title: 'Prices',
      props: {
        ...{ form: 'openapi', specification: 'OpenAPI 3.1.0', version: '1.4.0', summary: 'What things cost' },
        ...{ license: 'MIT', operations: 3, paths: ['/prices', '/prices/{id}'] },
        ...{ servers: ['https://prices.example/v1'], security: ['oauth2', 'http bearer', 'apiKey in header X-Key'] },
      },
    },
    mistakes: [],
  })
})

test('Swagger 2.0 is read from JSON, its server put together', () => {
  const swagger = {
    ...{
      swagger: '2.0',
      info: { title: 'Old', version: '1' },
      host: 'old.example',
      basePath: '/v1',
      schemes: ['https', 'http'],
    },
    paths: { '/a': { get: { deprecated: true } } },
    securityDefinitions: { basic: { type: 'basic' } },
  }
  expect(readOpenApi('swagger.json', JSON.stringify(swagger))?.api?.props).toMatchObject({
    ...{ specification: 'Swagger 2.0', servers: ['https://old.example/v1', 'http://old.example/v1'] },
    ...{ security: ['basic'], operations: 1, deprecated: true },
  })
})

test.each([
  ['openapi: 3.0.0\ninfo:\n  version: "1"\n', 'info.title: is missing', 2],
  ['openapi: 4.0.0\ninfo: { title: a }\n', 'is OpenAPI 4.0.0, not OpenAPI 3 or Swagger 2.0', 1],
  ['openapi: 3.0.0\ninfo: { title: a }\npaths: {}\n', 'info.version: is missing', 2],
  ['openapi: [\n', expect.any(String), expect.any(Number)],
])('a mistake is named with its line: %#', (text, message, line) => {
  expect(readOpenApi('openapi.yaml', text)?.mistakes).toEqual([
    { file: 'openapi.yaml', message, line, column: expect.any(Number) },
  ])
})

test('a file that describes something else is none, and none throws', () => {
  expect(readOpenApi('a.yaml', 'kind: Pod\n')).toBeUndefined()
  expect(readOpenApi('a.yaml', '')).toBeUndefined()
  const text = fc.oneof(
    fc.uint8Array({ maxLength: 100 }).map((bytes) => Buffer.from(bytes).toString('utf8')),
    fc
      .json()
      .map((json) => `{"openapi":"3.0.0","info":${json},"paths":${json},"components":${json},"servers":${json}}`),
  )
  fc.assert(fc.property(text, (one) => void readOpenApi('a.json', one)))
})
