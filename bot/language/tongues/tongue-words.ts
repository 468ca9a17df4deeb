import type { Tongue } from '../../../skills/kit/tongues.js'

/** What of a language's words is passed over, and what turns a request into its contrary; accents gone, as words are compared. */
export interface TongueWords {
  /** Articles, and words that carry politeness or nothing. */
  idle: ReadonlySet<string>
  /** Courtesies of several words. */
  courtesies: readonly (readonly string[])[]
  /** Words by which something is not so, or not to be done: what has one is never understood. */
  negations: ReadonlySet<string>
  /** Words by which something was done, or is only thought of: what has one asks for no deed. */
  doubts: ReadonlySet<string>
  /** Verbs of changes, none of which is an English word: what has one is no question for things that are called nearly so. */
  deeds: ReadonlySet<string>
  /** With these one goes on from what was said last. */
  goingOn: readonly string[]
  /** Words that only lead to a name. */
  leading: ReadonlySet<string>
  /** All that somebody says who agrees, or wants none of what was offered. */
  yes: ReadonlySet<string>
  no: ReadonlySet<string>
}

const set = (words: string, between = ' '): ReadonlySet<string> => new Set(words.split(between))
const phrases = (...all: string[]) => all.map((phrase) => phrase.split(' '))

export const tongueWords: Readonly<Record<Tongue, TongueWords>> = {
  de: {
    idle: set(
      'der die das den dem des ein eine einen einem einer bitte danke hallo hi hey moin servus mal doch eben kurz gerade denn eigentlich nexus',
    ),
    courtesies: phrases(
      'guten morgen',
      'guten tag',
      'guten abend',
      'kannst du mir sagen',
      'weisst du',
      'vielen dank',
      'sag mir',
    ),
    negations: set('nicht nichts nie niemals kein keine keinen keinem keiner ohne nein weder statt'),
    doubts: set('falls wenn ob sobald bevor nachdem wurde wurden war hatte hat soll sollte muss warum wie wer'),
    deeds: set(
      'starten starte neustarten neustart skalieren skaliere hochskalieren herunterskalieren zurucksetzen zuruckrollen loschen losche ausrollen abschalten anhalten herunterfahren hochfahren rotieren rotiere tauschen tausche',
    ),
    goingOn: ['und was ist mit', 'was ist mit', 'wie ist es mit', 'und', 'auch', 'dasselbe', 'das gleiche'],
    leading: set('fur von vom bei beim in im auf mit'),
    yes: set('ja|jawohl|jo|genau|ja genau|ja bitte|ja mach das|mach das|mach es|richtig|stimmt|gerne|ja gerne', '|'),
    no: set('nein|ne|nee|nein danke|keins davon|keines davon|nichts davon|lass es|abbrechen', '|'),
  },
  fr: {
    idle: set('le la les un une l a bonjour salut merci svp stp donc alors nexus maintenant'),
    courtesies: phrases(
      's il te plait',
      's il vous plait',
      'dis moi',
      'peux tu me dire',
      'sais tu',
      'merci beaucoup',
      'bonne journee',
    ),
    negations: set('ne n pas plus jamais rien personne aucun aucune sans non ni'),
    doubts: set('si quand avant apres etait avait a ete doit faut pourquoi comment qui'),
    deeds: set(
      'redemarrer redemarre redemarrez relancer relance relancez demarrer demarre demarrez arreter arrete arretez supprimer supprime supprimez deployer deploie deployez',
    ),
    goingOn: ['et qu en est il', 'qu en est il', 'et', 'aussi', 'pareil', 'la meme chose'],
    leading: set('pour de du des d sur dans chez a'),
    yes: set('oui|ouais|si|exactement|d accord|vas y|oui vas y|c est ca|oui c est ca|oui merci', '|'),
    no: set('non|non merci|aucun|aucun des deux|laisse tomber|annule|annuler', '|'),
  },
  es: {
    idle: set('el la los las un una a hola gracias buenas nexus ahora mismo'),
    courtesies: phrases(
      'por favor',
      'buenos dias',
      'buenas tardes',
      'dime',
      'me puedes decir',
      'puedes decirme',
      'sabes',
      'muchas gracias',
    ),
    negations: set('no nunca jamas nada nadie ningun ninguna ninguno sin ni tampoco'),
    doubts: set('si cuando antes despues estaba estuvo fue ha debe hay porque como quien'),
    deeds: set(
      'reiniciar reinicia reinicie arrancar arranca arranque detener deten escalar desplegar despliega borrar borra eliminar elimina',
    ),
    goingOn: ['y que hay', 'que hay', 'y', 'tambien', 'lo mismo'],
    leading: set('para de del en sobre'),
    yes: set('si|claro|exacto|correcto|vale|si claro|si por favor|hazlo|si hazlo|eso es|adelante', '|'),
    no: set('ninguno|ninguno de ellos|dejalo|cancela|cancelar|no gracias', '|'),
  },
}

/** Words of these languages that are English too, or that English texts have for other reasons. */
const alsoEnglish = set('a no me die')
const foreign = new Set(
  Object.values(tongueWords).flatMap(({ idle, negations, doubts, deeds, leading }) =>
    [idle, negations, doubts, deeds, leading].flatMap((words) => [...words]),
  ),
)

/** Whether a word that no example has, or one beside it, is of another language: by the letters it has, or because it is one of those that join there. */
export const isForeign = (word: string): boolean =>
  /[^\u0000-\u007f]/.test(word) ? /\p{L}/u.test(word) : foreign.has(word) && !alsoEnglish.has(word)
