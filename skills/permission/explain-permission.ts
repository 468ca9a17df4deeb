import { answer, fact } from '../kit/answer.js'
import type { ExplainedPermission } from '../kit/permissions.js'
import type { Turn } from '../kit/ports.js'
import type { Reply } from '../kit/reply.js'

/** Says whether its asker may see or do what they named, which permission is missing, and who can grant it. */
export async function explainPermission(what: string, { permissions }: Turn<'permissions'>): Promise<Reply> {
  const named = what.replace(/[?!.]+$/, '').trim()
  const things = await permissions.ofThing(named)
  // One that is refused is what was asked about.
  const explained = things.find(({ decision }) => !decision.allowed) ?? things[0] ?? (await permissions.ofDoing(named))
  return explained ? sayPermission(explained) : sayNothingThere(named)
}

function sayPermission({ title, thing, decision, grantors }: ExplainedPermission): Reply {
  const { allowed, reason, wayOn } = decision
  const verb = thing ? 'see' : 'use'
  const names = grantors.map(({ name }) => name).join(', ')
  const sentence = `You may ${allowed ? '' : 'not '}${verb} ${title}. ${reason}`
  return answer(
    {
      state: allowed ? 'good' : 'warning',
      topic: 'Permission',
      title,
      status: allowed ? 'allowed' : 'not allowed',
      sentence: reason,
      facts: [...fact('What would help', allowed ? undefined : wayOn), ...fact('Who can grant it', names)],
    },
    {
      headline: [sentence, allowed ? '' : wayOn, names && `Ask ${names}.`].filter(Boolean).join(' '),
      ...(thing &&
        allowed && {
          buttons: [
            {
              title: `Show ${title}`,
              intent: { command: 'catalog.show', args: { entity: { kind: thing.kind, id: thing.id } } },
            },
          ],
        }),
    },
  )
}

/** The same words for what is not there and for what may not be named. */
const sayNothingThere = (named: string): Reply =>
  answer({
    state: 'emphasis',
    topic: 'Permission',
    title: 'Nothing to show',
    sentence: `There is nothing called “${named.slice(0, 80)}” that I may show you, and no command that those words mean.`,
  })
