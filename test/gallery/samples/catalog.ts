import { without } from '../differences.js'
import { says, type Sample } from '../sample.js'

/** Things, whose they are and what hangs on them. */
export const catalog: readonly Sample[] = [
  says('service', 'A service: whose, how it stands, what hangs on it.', 'kofi', 'show checkout-web'),
  says('resource', 'An Azure resource.', 'dana', 'show st123'),
  says('repository', 'A repository.', 'dana', 'show repository payments-api'),
  says('team', 'A team.', 'dana', 'show team identity'),
  says('person', 'A person.', 'dana', 'who is Mei Lin'),
  says('owner', 'Whose it is, and by which evidence.', 'kofi', 'who owns checkout-web'),
  says('owner-disputed', 'Two sources disagree; neither silently wins.', 'dana', 'who owns st123'),
  {
    name: 'owner-none',
    shows: 'Nobody’s: what was looked at.',
    reply: (contoso) => contoso.but(without(({ kind }) => kind === 'Team')).ask('dana', 'who owns st123'),
  },
  says('depends', 'Who feels it when it fails, by distance.', 'sam', 'what depends on payments-db'),
  says('depends-down', 'What it stands on.', 'kofi', 'what does checkout-web need'),
  says('depends-none', 'Nothing hangs on it.', 'kofi', 'what depends on edge-gateway'),
]
