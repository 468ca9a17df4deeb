import { expect, test } from '@jest/globals'
import { ownersOfEverything } from './codeowners.js'

test.each([
  ['* @contoso/identity', ['@contoso/identity']],
  ['* @contoso/atlas\n* @contoso/identity @dana # moved in May', ['@contoso/identity']],
  ['# * @contoso/old\n/docs @contoso/writers\n', []],
  ['*\t@contoso/a @contoso/b\r\n/api @contoso/c', ['@contoso/a', '@contoso/b']],
  ['* @contoso/a\n*', []],
  ['', []],
])('%j → %j', (file, owners) => expect(ownersOfEverything(file)).toEqual(owners))
