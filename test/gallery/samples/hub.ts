import { sayNothingMore, sayOffered } from '../../../bot/hub/conversation/say-follow-up.js'
import { offeringInstead } from '../../../bot/hub/offer-instead.js'
import { welcome } from '../../../bot/hub/welcome.js'
import { defineSkill } from '../../../skills/kit/command.js'
import { says, type Sample } from '../sample.js'

/** A skill that does not come to an end. */
const endless = defineSkill({
  name: 'endless',
  summary: 'Waits for a vendor that does not answer.',
  uses: [],
  commands: {
    show: {
      summary: 'Pull requests of payments',
      says: ['endless', ...Array.from({ length: 9 }, (_, n) => `endless ${n}`)],
      args: {},
      effect: 'read',
      role: 'developer',
      run: () => new Promise(() => undefined),
    },
  },
})

/** What the hub says itself: welcome, questions back, suggestions, and the five ways to fail. */
export const hub: readonly Sample[] = [
  {
    name: 'welcome',
    shows: 'The first words in a new chat.',
    reply: async ({ small }) => welcome(small.registry.commands, 'personal'),
  },
  {
    name: 'welcome-channel',
    shows: 'The first words in a channel.',
    reply: async ({ small }) => welcome(small.registry.commands, 'channel'),
  },
  says('which', 'An ambiguous name: tap the one that is meant.', 'dana', 'who owns next'),
  says(
    'whether',
    'What is likely meant, in words that are not its own: one press, or “yes”.',
    'dana',
    'fire a restart over checkout in staging',
  ),
  says('named-beside', 'A request that may only be told of: one press, if it is meant.', 'dana', 'INC-130 is fixed'),
  says('form', 'What is left out is asked for.', 'dana', "who's on call"),
  {
    name: 'form-wrong',
    shows: 'The form again, with what was wrong.',
    reply: async (contoso) =>
      contoso.press('dana', await contoso.ask('dana', "who's on call"), 'Go on', { target: 'Service/none' }),
  },
  says('suggest', 'Words that nearly mean something.', 'dana', 'the nearest relatives of payments-db, if it has any'),
  {
    name: 'instead',
    shows: 'An answer that is not sure, and below it what may have been meant instead.',
    reply: async (contoso) => {
      const intent = { command: 'catalog.owner', args: { entity: { kind: 'Service', id: 'ledger-api' } } }
      const reply = await contoso.run('dana', intent.command, intent.args)
      const [title, onCall] = [
        "Who's on call for ledger-api",
        { command: 'on-call.show', args: { target: intent.args.entity } },
      ]
      return offeringInstead(
        { outcome: 'answer', ...intent, reply },
        {
          ...{ outcome: 'intent', intent, via: 'classifier', certainty: 0.6, recognised: [] },
          instead: [
            { title, intent: onCall, certainty: 0.2 },
            { title: 'Show ledger-api', intent: { command: 'catalog.show', args: intent.args }, certainty: 0.1 },
          ],
        },
        () => true,
      ).reply
    },
  },
  says('nothing', 'Words that mean nothing here.', 'dana', 'sing me something nice'),
  says('not-found', 'A name that nothing has.', 'dana', "who's on call for zephyr"),
  says('not-found-near', 'A name that nothing has, and near ones.', 'dana', "who's on call for ledg"),
  says('bad-input', 'What was wrong, and how to say it.', 'dana', 'who is on call for auth at teatime'),
  {
    name: 'not-allowed',
    shows: 'A refusal names the rule and the way on.',
    reply: (contoso) => contoso.ask('dana', 'incidents', { role: 'guest' }),
  },
  {
    name: 'offered',
    shows: 'What only the conversation names is offered, and not proposed.',
    reply: async () =>
      sayOffered([
        {
          title: 'Restart checkout-web-stg',
          intent: { command: 'action.web-app.restart', args: {} },
          certainty: 1,
        },
      ]).reply,
  },
  {
    name: 'nothing-more',
    shows: 'There is no next page.',
    reply: async () => sayNothingMore('That was all of it: there is no more to show.').reply,
  },
  {
    name: 'too-old',
    shows: 'A card whose buttons are forgotten.',
    reply: async ({ small }) => (await small.pressId('x'.repeat(22), {}, small.caller())).reply,
  },
  {
    name: 'no-answer',
    shows: 'A command that takes too long.',
    reply: (contoso) => contoso.but({ skills: [endless], patience: 20 }).ask('dana', 'endless'),
  },
]
