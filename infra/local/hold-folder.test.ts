import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { holdFolder } from './hold-folder.js'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lock-'))
  file = join(folder, 'nexus.lock')
})
afterEach(() => rmSync(folder, { recursive: true }))

test('a folder is one process’s at a time, and can be given back', () => {
  const release = holdFolder(folder)
  expect(() => holdFolder(folder)).toThrow(`Nexus is running on ${folder} already (process ${process.pid})`)
  release()
  expect(existsSync(file)).toBe(false)
  holdFolder(folder)()
})

test('what a dead process left behind is taken over', async () => {
  const child = spawn(process.execPath, ['-e', ''])
  await new Promise((resolve) => child.once('exit', resolve))
  writeFileSync(file, JSON.stringify({ pid: child.pid, began: '1' }))
  holdFolder(folder)
  expect(JSON.parse(readFileSync(file, 'utf8')).pid).toBe(process.pid)
})

test('a process that has got the dead one’s number is not mistaken for it', () => {
  writeFileSync(file, JSON.stringify({ pid: process.ppid, began: 'long ago' }))
  holdFolder(folder)
  expect(JSON.parse(readFileSync(file, 'utf8')).pid).toBe(process.pid)
})

test('a file cut off by a crash is taken over', () => {
  writeFileSync(file, '')
  expect(() => holdFolder(folder)).not.toThrow()
})
