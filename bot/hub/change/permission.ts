import type { Person } from '../../../skills/kit/model.js'
import type { Decision } from '../../../skills/kit/plan.js'
import type { Catalog, People } from '../../../skills/kit/ports.js'
import type { Proposal, Rule, Stage } from '../../../skills/kit/proposal.js'
import { sayRule } from '../../../skills/kit/rule-words.js'
import { fits } from '../../fits.js'
import { openStage } from '../../../skills/kit/stages.js'

/** Who may decide what of a change, asked of the directory as it is at this moment. */
export interface Permission {
  /** Whether somebody fits a rule, with the reason. */
  fitting(rule: Rule, person: Person): Promise<Decision>
  /** The stages in words, with the names of teams and people. */
  say(stages: readonly Stage[]): Promise<string>
  /** Whether somebody may decide the present stage of a proposal. */
  mayDecide(proposal: Proposal, person: Person): Promise<Decision>
  /** Whether somebody may end a run: its asker, and whoever may approve it. */
  mayCancel(proposal: Proposal, person: Person): Promise<Decision>
  /** Whether enough people other than the asker can pass every stage. */
  canPass(stages: readonly Stage[], asker: string): Promise<Decision>
}

export function createPermission({ catalog, people }: { catalog: Catalog; people: People }): Permission {
  const teamsOf = async ({ id }: Person) =>
    (await catalog.related({ kind: 'Person', id }, { type: 'memberOf', direction: 'out' })).map(
      ({ entity }) => entity.id,
    )

  async function words(rule: Rule): Promise<string> {
    const named = 'people' in rule ? rule.people : rule.team === undefined ? [] : [rule.team]
    const kind = 'people' in rule ? 'Person' : 'Team'
    const names = await Promise.all(
      named.map(async (id) => [id, (await catalog.get({ kind, id }))?.name ?? id] as const),
    )
    return sayRule(rule, (id) => new Map(names).get(id) ?? id)
  }

  async function fitting(rule: Rule, person: Person): Promise<Decision> {
    const said = await words(rule)
    if (fits(rule, person, await teamsOf(person))) return { allowed: true, reason: `${person.name} is one of ${said}.` }
    return { allowed: false, reason: `Only ${said} may decide this.`, wayOn: await wayOn(rule) }
  }

  async function wayOn(rule: Rule): Promise<string> {
    const some = (await people.fitting(rule)).slice(0, 3).map(({ name }) => name)
    const grant = 'people' in rule ? '' : ' An Admin of Nexus can add you to the group that has this role.'
    return some.length
      ? `Ask ${some.join(' or ')}.${grant}`
      : grant.trim() || 'An Admin of Nexus can change the approval policy.'
  }

  return {
    fitting,
    async say(stages) {
      const said = await Promise.all(
        stages.map(async ({ who, need }) => {
          const said = await words(who)
          return 'people' in who && who.people.length === 1 ? said : `${need} of ${said}`
        }),
      )
      return said.join(', then ')
    },
    async mayDecide(proposal, person) {
      if (person.id === proposal.by.id)
        return {
          allowed: false,
          reason: 'Nobody approves their own change.',
          wayOn: 'Ask one of those who may approve it.',
        }
      const stage = openStage(proposal)
      return stage ? fitting(stage.who, person) : { allowed: false, reason: `${proposal.id} needs no more approvals.` }
    },
    async mayCancel(proposal, person) {
      if (person.id === proposal.by.id) return { allowed: true, reason: 'It is your own change.' }
      const decisions = await Promise.all(proposal.stages.map(({ who }) => fitting(who, person)))
      return (
        decisions.find(({ allowed }) => allowed) ?? {
          allowed: false,
          reason: `Only ${proposal.by.name} and those who may approve it can cancel ${proposal.id}.`,
          wayOn: `Ask ${proposal.by.name}.`,
        }
      )
    },
    async canPass(stages, asker) {
      for (const { who, need } of stages) {
        const others = (await people.fitting(who)).filter(({ id }) => id !== asker)
        if (others.length < need)
          return {
            allowed: false,
            reason: `This needs the agreement of ${need} of ${await words(who)}, and there ${others.length === 1 ? 'is 1' : `are ${others.length}`} beside you.`,
            wayOn: 'An Admin of Nexus can give somebody the role, or change the approval policy.',
          }
      }
      return { allowed: true, reason: 'Others can approve it.' }
    },
  }
}
