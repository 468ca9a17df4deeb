import type { TalkBook } from './phrases.js'

/** French. */
export const frenchTalk: TalkBook = {
  Question: 'Question',
  'Not sure what you mean': 'Pas sûr de comprendre',
  'These are the nearest things I can do.': "Voici ce qui s'en rapproche le plus.",
  'I am not sure what you mean. Did you mean: {0}?': 'Je ne suis pas sûr de comprendre. Peut-être : {0} ?',
  'Nothing understood': 'Rien compris',
  'I did not understand that.': "Je n'ai pas compris.",
  'There are no words in that.': "Il n'y a pas de mots là-dedans.",
  'Say “help” to see what I can do.': 'Dites « aide » pour voir ce que je sais faire.',
  'Nothing in the catalog is called “{0}”.': "Rien dans le catalogue ne s'appelle « {0} ».",
  'No service or team in the catalog is called “{0}”.':
    "Aucun service ni aucune équipe du catalogue ne s'appelle « {0} ».",
  'No team or service in the catalog is called “{0}”.':
    "Aucune équipe ni aucun service du catalogue ne s'appelle « {0} ».",
  'No person in the catalog is called “{0}”.': "Personne dans le catalogue ne s'appelle « {0} ».",
  'No team in the catalog is called “{0}”.': "Aucune équipe du catalogue ne s'appelle « {0} ».",
  'Check the name; the catalog knows what Azure, GitHub, Azure DevOps, Entra and PagerDuty show.':
    'Vérifiez le nom ; le catalogue connaît ce que montrent Azure, GitHub, Azure DevOps, Entra et PagerDuty.',
  'Did you mean one of these?': "Est-ce l'un de ceux-ci ?",
  'There is no {0}.': "Il n'y a pas de {0}.",
  'Look at those that are open, or name one by its number.':
    'Regardez ceux qui sont ouverts, ou nommez-en un par son numéro.',
  'Look at those that wait, or name one by its number.':
    'Regardez celles qui attendent, ou nommez-en une par son numéro.',
  'Open approvals': 'Approbations ouvertes',
  'There is no help on “{0}”.': "Il n'y a pas d'aide sur « {0} ».",
  'Topics are {0}.': 'Les sujets sont {0}.',
  'Meant something else?': 'Vous vouliez dire autre chose ?',
  'Do you mean this one?': 'Voulez-vous dire celui-ci ?',
  'Which one do you mean?': 'Lequel voulez-vous dire ?',
  'Which one do you mean: {0}?': 'Lequel voulez-vous dire : {0} ?',
  '{0} things may be meant: press one, or say its name in full.':
    '{0} choses peuvent convenir : appuyez sur la bonne, ou dites son nom en entier.',
  'Press it if that is meant.': "Appuyez si c'est bien cela.",
  'Do you mean “{0}”?': 'Voulez-vous dire « {0} » ?',
  'You said it in words that I do not know for sure, so I ask first.':
    "Vous l'avez dit avec des mots que je ne connais pas avec certitude, je demande donc d'abord.",
  'Nothing is done yet.': "Rien n'est encore fait.",
  'Yes, that': 'Oui, cela',
  'Did you mean: {0}?': 'Est-ce bien cela : {0} ?',
  'Which of these do you mean?': 'Lequel voulez-vous dire ?',
  'Which of these?': 'Lequel ?',
  'Press it, or say it with its name.': 'Appuyez dessus, ou dites-le avec son nom.',
  'You have not named it, so I ask first: press it, or say it with its name.':
    "Vous ne l'avez pas nommé, je demande donc d'abord : appuyez dessus, ou dites-le avec son nom.",
  'To answer I need: {0}.': 'Pour répondre, il me faut : {0}.',
  'For example: {0}': 'Par exemple : {0}',
  '{0} (may be left empty)': '{0} (facultatif)',
  '{0}: choose one': '{0} : à choisir',
  '{0}: fill this in': '{0} : à remplir',
  'Type or choose a name': 'Tapez ou choisissez un nom',
  'Its name': 'Son nom',
  'Go on': 'Continuer',
  'Fill in a form': 'Remplir un formulaire',
  'Try again': 'Réessayer',
  'whose pager': 'astreinte de quoi',
  when: 'quand',
  what: 'quoi',
  whose: 'de qui',
  'which incident': 'quel incident',
  'of which team or service': 'de quelle équipe ou quel service',
  'of which team': 'de quelle équipe',
  'which way': 'dans quel sens',
  'how far': "jusqu'où",
  'as of when': 'à quelle date',
  service: 'service',
  resource: 'ressource',
  team: 'équipe',
  'service or team': 'service ou équipe',
  'service or resource or api': 'service, ressource ou API',
  'Who is on call for a service or team': "Qui est d'astreinte pour un service ou une équipe",
  'What the catalog knows of a thing': 'Ce que le catalogue sait d’une chose',
  'Show earlier incidents': 'Afficher les incidents précédents',
  '{0} incidents are over; these are from number {1} on.':
    '{0} incidents sont terminés ; voici ceux à partir du numéro {1}.',
  '{0} incidents of {1} are over; these are from number {2} on.':
    '{0} incidents de {1} sont terminés ; voici ceux à partir du numéro {2}.',
  'This list': 'Cette liste',
  'That was all of it: there is no more to show.': "C'était tout : il n'y a rien de plus à montrer.",
  'There is more of it than I can show at once: ask for less, such as that of one service or one environment.':
    'Il y en a plus que je ne peux en montrer : demandez moins, par exemple pour un seul service ou un seul environnement.',
  'Left alone': 'Rien fait',
  'Nothing was done': "Rien n'a été fait",
  'I take that as nothing to be done, so I did nothing.':
    "Je comprends qu'il n'y a rien à faire, je n'ai donc rien fait.",
  'Help with {0}': 'Aide sur {0}',
  '{0} more': '{0} de plus',
  'What I can do: {0} commands': 'Ce que je sais faire : {0} commandes',
  'Who carries the pager': "Qui est d'astreinte",
  'What is broken, and what was': 'Ce qui est en panne, et ce qui l’a été',
  'Whether it works': 'Si ça marche',
  'What to do when something is broken': 'Que faire quand quelque chose est en panne',
  "The organisation's software: what there is, who owns it, what hangs on what":
    "Les logiciels de l'organisation : ce qu'il y a, à qui c'est, ce qui dépend de quoi",
  'What happened to a thing, in order': "Ce qui est arrivé à une chose, dans l'ordre",
  'Finds what the catalog knows by words, also with typos':
    'Trouve par mots ce que le catalogue sait, même avec des fautes',
  'What is mine: what needs me, what I own, what I did':
    "Ce qui est à moi : ce qui m'attend, ce que j'ai, ce que j'ai fait",
  'Pull requests that wait, and for whom': 'Les pull requests qui attendent, et qui',
  'Stories, tasks and bugs on the boards': 'Stories, tâches et bugs des tableaux',
  'How far a team is in its sprint': 'Où en est une équipe dans son sprint',
  'Changes to what runs, each planned, approved and followed to its end':
    "Changements de ce qui tourne, chacun planifié, approuvé et suivi jusqu'au bout",
  'Changes that wait for people: who must agree, and what was decided':
    'Changements qui attendent des personnes : qui doit approuver, et ce qui fut décidé',
  'Good morning: what needs me, at my own time': "Bonjour : ce qui m'attend, à mon heure",
  'Approved changes at work: progress, cancelling, taking back':
    'Changements approuvés en cours : avancement, annulation, retour',
  'What was brought where, and when': 'Ce qui fut déployé, où et quand',
  'What builds, tests and deploys': 'Ce qui construit, teste et déploie',
  "DORA's four keys of delivery": 'Les quatre indicateurs DORA',
  'Where services run, and environments for a few days':
    'Où tournent les services, et des environnements pour quelques jours',
  'Who did what, to what, and how it went': "Qui a fait quoi, sur quoi, et ce qu'il en fut",
  "The administrator's hand: stop switches, change freezes and read-only mode":
    "La main de l'administrateur : arrêts, gels et lecture seule",
  'Who may see and do what, and who can grant it': 'Qui peut voir et faire quoi, et qui peut l’accorder',
  'Whether Nexus hears replies in a team’s threads without being mentioned':
    'Si Nexus entend les réponses des fils d’une équipe sans être mentionné',
  'What Nexus can do': 'Ce que Nexus sait faire',
  'That was empty.': "C'était vide.",
  'That has {0} characters; I read questions up to {1}.':
    'Cela fait {0} caractères ; je lis des questions jusqu’à {1}.',
  'Your message': 'Votre message',
  'Only Developers may use {0}.': 'Seuls les Developers peuvent utiliser {0}.',
  'You have the role Guest; the role Developer is missing.': 'Vous avez le rôle Guest ; le rôle Developer manque.',
  'An Admin of Nexus can add you to the group that has this role.':
    'Un Admin de Nexus peut vous ajouter au groupe qui a ce rôle.',
}
