import { says, type Sample } from '../sample.js'

/** What can be asked. */
export const help: readonly Sample[] = [
  says('help', 'The commands somebody may use, by skill; a line that needs nothing more is tapped.', 'dana', 'help'),
  says('help-topic', 'One skill at length.', 'dana', 'help catalog'),
  {
    name: 'help-guest',
    shows: 'What a guest may use.',
    reply: (contoso) => contoso.ask('dana', 'help', { role: 'guest' }),
  },
]
