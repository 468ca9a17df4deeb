import type { SaysIn } from '../kit/tongues.js'

/** Pull requests that wait, in other languages. */
export const saysIn: SaysIn = {
  de: [
    'meine Pull Requests',
    'meine prs',
    'welche pull requests warten auf mich',
    'welche prs warten auf mich',
    'welche reviews warten auf mich',
    'was muss ich reviewen',
    'offene pull requests',
    'offene pull requests von {repository}',
    'pull requests von {repository}',
    'pull requests von {person}',
    'pull requests von {team}',
  ],
  fr: [
    'mes pull requests',
    'mes pr',
    'quelles pull requests m’attendent',
    'quelles pull requests attendent ma revue',
    'quelles revues m’attendent',
    'que dois-je relire',
    'pull requests ouvertes',
    'pull requests de {repository}',
    'pull requests de {person}',
    'pull requests de {team}',
  ],
  es: [
    'mis pull requests',
    'mis prs',
    'qué pull requests me esperan',
    'qué pull requests esperan mi revisión',
    'qué revisiones tengo pendientes',
    'qué tengo que revisar',
    'pull requests abiertos',
    'pull requests de {repository}',
    'pull requests de {person}',
    'pull requests de {team}',
  ],
}
