import tseslint from 'typescript-eslint'

const sentence =
  'Time, chance, environment and console come in through ports: take a Clock, Random or Log, or a value from Config.'

export default tseslint.config(
  { ignores: ['.build/', '.nexus/', '/gallery/', 'node_modules/', 'infra/local/page/'] },
  ...tseslint.configs.recommended,
  {
    rules: {
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true, defaultFrom: true } }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-explicit-any': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-restricted-imports': [
        'error',
        { patterns: [{ group: ['**/infra/local/**'], message: 'The local tenant is reached over the network.' }] },
      ],
    },
  },
  {
    files: ['skills/*/index.ts', 'eslint.config.js', 'test/plain-globals.js', 'test/longest-first.js'],
    rules: { 'no-restricted-exports': 'off' },
  },
  { files: ['infra/**', 'test/**', '**/*.test.ts', '**/testing/**'], rules: { 'no-restricted-imports': 'off' } },
  {
    // The product: no hidden inputs. Config, compose, the clock and the programs' main files are where they come in.
    files: ['bot/**/*.ts', 'skills/**/*.ts', 'cards/**/*.ts'],
    ignores: [
      'bot/config.ts',
      'bot/compose.ts',
      'bot/compose/**',
      'bot/main.ts',
      'bot/clock.ts',
      'bot/channels/terminal/main.ts',
      '**/*.test.ts',
      '**/testing/**',
    ],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: sentence },
        { object: 'Math', property: 'random', message: sentence },
        { object: 'process', property: 'env', message: sentence },
      ],
      'no-restricted-globals': ['error', { name: 'console', message: sentence }],
      'no-restricted-syntax': [
        'error',
        { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: sentence },
      ],
      'max-lines': ['error', { max: 260, skipBlankLines: false, skipComments: false }],
    },
  },
)
