import { english, type Words } from '../words.js'

/** What differs between languages that say lengths of time alike. */
interface Frame {
  now: string
  day: [one: string, many: string]
  ago(duration: string): string
  until(duration: string): string
  more(n: string): string
  leftOut(titles: string): string
  firstOf(shown: number, total: number): string
  silent: string
  showQuery: string
  show(title: string): string
  faults: Words['faults']
}

/** The frame's words of a language, its numbers written as its people do. @param language a BCP 47 tag */
const wordsOf = (language: string, { day: [one, many], ...frame }: Frame): Words => ({
  ...english,
  ...frame,
  language,
  days: (n) => (n === 1 ? `1 ${one}` : `${n.toLocaleString(language)} ${many}`),
  more: (n) => frame.more(n.toLocaleString(language)),
})

/** After "vor" and "in" several days end in an n. */
const dative = (duration: string): string => duration.replace(/Tage$/, 'Tagen')

/** The frame's words by language, for a locale of it. */
export const frames = {
  de: (language: string): Words =>
    wordsOf(language, {
      now: 'gerade eben',
      day: ['Tag', 'Tage'],
      ago: (duration) => `vor ${dative(duration)}`,
      until: (duration) => `in ${dative(duration)}`,
      more: (n) => `und ${n} weitere`,
      leftOut: (titles) => `Zu lang für eine Karte, weggelassen: ${titles}`,
      firstOf: (shown, total) => `die ersten ${shown} von ${total}`,
      silent: 'antwortet nicht',
      showQuery: 'Abfrage zeigen',
      show: (title) => `${title} zeigen oder verbergen`,
      faults: {
        NotFound: 'Nicht gefunden',
        NotAllowed: 'Nicht erlaubt',
        BadInput: 'Nicht verstanden',
        Conflict: 'Inzwischen geändert',
        Unavailable: 'Keine Antwort',
      },
    }),
  fr: (language: string): Words =>
    wordsOf(language, {
      now: "à l'instant",
      day: ['jour', 'jours'],
      ago: (duration) => `il y a ${duration}`,
      until: (duration) => `dans ${duration}`,
      more: (n) => `et ${n} de plus`,
      leftOut: (titles) => `Trop long pour une carte, omis : ${titles}`,
      firstOf: (shown, total) => `les ${shown} premiers sur ${total}`,
      silent: 'ne répond pas',
      showQuery: 'Voir la requête',
      show: (title) => `Afficher ou masquer ${title}`,
      faults: {
        NotFound: 'Introuvable',
        NotAllowed: 'Non autorisé',
        BadInput: 'Non compris',
        Conflict: 'Modifié entre-temps',
        Unavailable: 'Pas de réponse',
      },
    }),
  es: (language: string): Words =>
    wordsOf(language, {
      now: 'ahora mismo',
      day: ['día', 'días'],
      ago: (duration) => `hace ${duration}`,
      until: (duration) => `en ${duration}`,
      more: (n) => `y ${n} más`,
      leftOut: (titles) => `Demasiado largo para una tarjeta, omitido: ${titles}`,
      firstOf: (shown, total) => `los primeros ${shown} de ${total}`,
      silent: 'no responde',
      showQuery: 'Ver la consulta',
      show: (title) => `Mostrar u ocultar ${title}`,
      faults: {
        NotFound: 'No encontrado',
        NotAllowed: 'No permitido',
        BadInput: 'No entendido',
        Conflict: 'Cambió entretanto',
        Unavailable: 'Sin respuesta',
      },
    }),
}
