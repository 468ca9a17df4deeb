import type { SaysIn } from '../kit/tongues.js'

/** What waits for one's approval, in other languages. */
export const saysIn: SaysIn = {
  de: [
    'was wartet auf meine Freigabe',
    'was wartet auf mich',
    'welche freigaben warten auf mich',
    'was muss ich freigeben',
    'was muss ich genehmigen',
    'offene freigaben',
    'meine freigaben',
    'offene genehmigungen',
    'freigaben',
    'genehmigungen',
  ],
  fr: [
    "qu'est-ce qui attend mon approbation",
    "qu'est-ce qui m'attend",
    'que dois-je approuver',
    'que dois-je valider',
    'quelles approbations m’attendent',
    'approbations en attente',
    'approbations ouvertes',
    'mes approbations',
    'approbations',
    'validations en attente',
  ],
  es: [
    'qué espera mi aprobación',
    'qué me espera',
    'qué tengo que aprobar',
    'qué aprobaciones tengo pendientes',
    'aprobaciones pendientes',
    'aprobaciones abiertas',
    'mis aprobaciones',
    'aprobaciones',
  ],
}
