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
}

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '))
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
  },
}
