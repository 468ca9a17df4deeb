import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import { lastAnswerIn } from './last-answer.js'

const folder = mkdtempSync(join(tmpdir(), 'nexus-last-answer-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('a button of the last answer is pressed by its number, by whom it was answered to', () => {
  const last = lastAnswerIn(join(folder, 'last.json'))
  expect(() => last.idOf('dana', '1')).toThrow('There is no answer to dana whose buttons could be pressed by number')
  last.keep('dana', ['a', null, 'c'])
  expect([last.idOf('dana', '1'), last.idOf('dana', '3'), last.idOf('dana', 'some-id')]).toEqual(['a', 'c', 'some-id'])
  expect(() => last.idOf('dana', '2')).toThrow('[2] opens an address')
  expect(() => last.idOf('dana', '4')).toThrow('has no [4] to press; it has 1, 3')
  expect(() => last.idOf('lee', '1')).toThrow('There is no answer to lee')
  last.keep('dana', [])
  expect(() => last.idOf('dana', '0')).toThrow('There is no answer to dana')
})

test('a file that is damaged or cannot be written is as none', () => {
  const file = join(folder, 'broken.json')
  writeFileSync(file, '{')
  expect(() => lastAnswerIn(file).idOf('dana', '1')).toThrow('Ask first')
  expect(() => lastAnswerIn(join(folder, 'nowhere', 'x.json')).keep('dana', ['a'])).not.toThrow()
})
