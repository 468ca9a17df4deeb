import type { Clause } from './clauses.js'
import { isNegated } from './negation.js'

// What people put before a question to lead up to it: why they ask, that it is short, that there is no hurry. It says nothing of what is asked.

/** A clause of such words, articles gone. */
const frame = new RegExp(
  `^(?:${[
    'as (?:we |i )?(?:discussed|agreed|mentioned|promised|requested|announced|said|spoken|talked|per)\\b.*',
    '(?:with reference|referring|further|following up|in reference|regarding) (?:to|on) (?:my|our|your) .*',
    '(?:one |another )?(?:quick|short|small|brief|little|tiny|last|silly|stupid|dumb) (?:one|question|check|request|thing|favou?r)\\b.*',
    'one (?:more|last|other) (?:thing|question)',
    'for (?:my|our|your)? ?(?:own )?(?:record|records|information|notes|understanding|info|curiosity)',
    'out of (?:pure )?curiosity',
    '(?:if|when|whenever) you (?:have|get|find|had) (?:some |one )?(?:minute|moment|second|sec|time|chance)',
    '(?:if|when) you (?:can|could|may|like|please|do not mind|would be so kind)',
    'if (?:possible|it is possible|that is ok|that is okay|it is not too much trouble)',
    '(?:it is |this is |that is )?(?:not|nothing) (?:very |too |really )?urgent',
    'no (?:rush|hurry|stress|pressure)',
    'sorry(?: to (?:bother|disturb|interrupt|bug|nag|ask)(?: you| you all)?| for (?:noise|trouble|spam|bother))?(?: again)?(?: but)?',
    '(?:by way|btw|fyi|before i forget|while i am here|i know|to know|i wonder)',
    '(?:i )?hope (?:you are|all is|this finds|everything)\\b.*',
    "hope you're well",
  ].join('|')})$`,
)

/** Most words of it. */
const longest = 9

/** Whether a clause only leads up to what follows. What ends in a question mark asks; "as Lee said:" leads to what Lee said. */
function isFrame({ tokens, asks, seam }: Clause): boolean {
  const words = tokens.map(({ word }) => word)
  if (asks || words.length > longest || (words[0] === 'as' && seam.includes(':'))) return false
  return frame.test(words.join(' ')) && !isNegated(words.slice(words[0] === 'not' || words[0] === 'no' ? 1 : 0))
}

/** How many clauses lead up to the first that says something; none where all do. */
export function leadingFrames(clauses: readonly Clause[]): number {
  const first = clauses.findIndex((clause) => !isFrame(clause))
  return Math.max(0, first)
}
