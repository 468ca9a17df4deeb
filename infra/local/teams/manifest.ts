import { readFileSync } from 'node:fs'
import { z } from 'zod/v4'

const Command = z.looseObject({ title: z.string(), description: z.string().default('') })
const ExtensionCommand = z.looseObject({
  id: z.string(),
  type: z.string().default('query'),
  title: z.string(),
  parameters: z.array(z.looseObject({ name: z.string() })).default([]),
})

/** The parts of a Teams app manifest that the client goes by; other properties are left alone. */
const ManifestFile = z.looseObject({
  bots: z
    .array(
      z.looseObject({
        commandLists: z
          .array(
            z.looseObject({
              scopes: z.array(z.string()),
              /** Absent means mention only (devPreview schema). */
              triggers: z.array(z.string()).default(['mention']),
              commands: z.array(Command),
            }),
          )
          .default([]),
      }),
    )
    .default([]),
  composeExtensions: z
    .array(
      z.looseObject({
        commands: z.array(ExtensionCommand).default([]),
        messageHandlers: z
          .array(z.looseObject({ value: z.looseObject({ domains: z.array(z.string()).default([]) }) }))
          .default([]),
      }),
    )
    .default([]),
})

/** A command as the compose box offers it. */
export interface OfferedCommand {
  title: string
  description: string
  /** `mention` and `slash`: after which of them it is offered. */
  triggers: string[]
}

/** What the installed app declares, read from its manifest at each use, so that a new package shows at once. */
export class AppManifest {
  /** @param path of the manifest; undefined: the app declares nothing. */
  constructor(private readonly path: string | undefined) {}

  /** Commands by scope: `personal`, `team`, `groupChat`. */
  commands(): Record<string, OfferedCommand[]> {
    const offered: Record<string, OfferedCommand[]> = { personal: [], team: [], groupChat: [] }
    for (const list of this.#read().bots.flatMap((bot) => bot.commandLists))
      for (const scope of list.scopes)
        (offered[scope === 'groupchat' ? 'groupChat' : scope] ??= []).push(
          ...list.commands.map(({ title, description }) => ({ title, description, triggers: list.triggers })),
        )
    return offered
  }

  /** Whether a text opens with a slash command that the app declares for a scope. */
  isSlashCommand(text: string, scope: string): boolean {
    const said = text.toLowerCase()
    return (this.commands()[scope] ?? [])
      .filter((command) => command.triggers.includes('slash'))
      .map((command) => `/${command.title.toLowerCase().replace(/^\//, '')}`)
      .some((command) => said === command || said.startsWith(`${command} `))
  }

  /** Id of the message extension's command of a type (`query`, `action`), by title or id where one is named. */
  extensionCommand(type: string, named?: string): string | undefined {
    const commands = this.#read().composeExtensions.flatMap((extension) => extension.commands)
    const match = (command: { id: string; title: string }) => !named || command.id === named || command.title === named
    return commands.find((command) => command.type === type && match(command))?.id
  }

  /** Name of what is typed into the message extension's search. */
  searchParameter = (): string | undefined =>
    this.#read()
      .composeExtensions.flatMap((extension) => extension.commands)
      .find((command) => command.type === 'query')?.parameters[0]?.name

  /** Domains whose links Teams asks the app about, such as `*.contoso.com`. */
  linkDomains = (): string[] =>
    this.#read().composeExtensions.flatMap((extension) =>
      extension.messageHandlers.flatMap((handler) => handler.value.domains),
    )

  #read(): z.output<typeof ManifestFile> {
    if (!this.path) return ManifestFile.parse({})
    return ManifestFile.parse(JSON.parse(readFileSync(this.path, 'utf8')))
  }
}
