import type { SaysIn } from '../kit/tongues.js'

/** What Nexus can do, in other languages. */
export const saysIn: SaysIn = {
  de: [
    'Hilfe',
    'hilf mir',
    'was kannst du',
    'was kannst du alles',
    'was kann ich fragen',
    'was kann ich sagen',
    'wie funktionierst du',
    'befehle',
    'zeig mir die hilfe',
  ],
  fr: [
    'aide',
    'aide-moi',
    'à l’aide',
    'que peux-tu faire',
    'que sais-tu faire',
    "qu'est-ce que tu peux faire",
    'que puis-je demander',
    'comment ça marche',
    'commandes',
  ],
  es: [
    'ayuda',
    'ayúdame',
    'qué puedes hacer',
    'qué sabes hacer',
    'qué puedo preguntar',
    'qué puedo decir',
    'cómo funcionas',
    'comandos',
  ],
}
