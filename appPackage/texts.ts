/** How the app introduces itself in Teams' store and on its page there. */
export interface AppTexts {
  /** At most 80 characters. */
  short: string
  /** At most 4000 characters. */
  full: string
}

/** Accent colour where an organisation names none; the ground of `icons/color.png`. */
export const defaultAccentColor = '#1e2f6b'

/** Who stands behind the app where an organisation names nobody; at most 32 characters. */
export const defaultDeveloper = 'Nexus'

/**
 * The manifest's prose. What Nexus can do is not told here a second time: the command list says it, from the skills.
 * @param name what the organisation calls its bot
 */
export const textsOf = (name: string): AppTexts => ({
  short: 'Who is on call, who owns it, what it hangs on, what is broken: ask in Teams.',
  full: [
    `${name} knows your organisation's software: services, their owners, what depends on what, who carries the pager, and the incidents that are open.`,
    `Mention it in a channel, write to it in a personal chat, or use a slash command. Ask “help” to learn what you may do.`,
    `Every answer names its source and its age. Nothing outside ${name} is changed without a click by a person who is allowed to.`,
  ].join('\n\n'),
})
