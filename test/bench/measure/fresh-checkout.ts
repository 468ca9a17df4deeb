import { cpSync, mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'

/** What `npm start` needs of the project. */
const parts = ['bot', 'skills', 'cards', 'infra', 'appPackage', 'test', 'package.json', 'package-lock.json']

/** Copies the project's sources to a folder, with its installed packages and without anything built or stored. */
export function makeFreshCheckout(project: string, folder: string): void {
  mkdirSync(folder, { recursive: true })
  for (const part of parts) cpSync(join(project, part), join(folder, part), { recursive: true })
  symlinkSync(join(project, 'node_modules'), join(folder, 'node_modules'), 'dir')
}
