import type { SaysIn } from '../kit/tongues.js'

/** What is mine, in other languages. */
export const saysIn: SaysIn = {
  de: [
    'meine Sachen',
    'mein stand',
    'mein tag',
    'was ist meins',
    'was gehört mir',
    'was liegt bei mir an',
    'was habe ich zu tun',
    'meine dienste',
    'meine services',
    'zeig mir meine sachen',
  ],
  fr: [
    'mes affaires',
    'mon état',
    'ma journée',
    "qu'est-ce qui est à moi",
    "qu'est-ce que j'ai à faire",
    "qu'ai-je à faire",
    'mes services',
    'où en suis-je',
    'montre-moi mes affaires',
  ],
  es: [
    'mis cosas',
    'mi estado',
    'mi día',
    'qué es mío',
    'qué tengo que hacer',
    'qué tengo pendiente',
    'mis servicios',
    'cómo voy',
    'muéstrame mis cosas',
  ],
}
