import type { SaysIn } from '../kit/tongues.js'

/** Whether it works, in other languages. */
export const saysIn: SaysIn = {
  de: [
    'geht es {entity} gut',
    'wie geht es {entity}',
    'ist {entity} gesund',
    'läuft {entity}',
    'funktioniert {entity}',
    'ist {entity} in ordnung',
    'ist mit {entity} alles in ordnung',
    'ist {entity} down',
    'ist {entity} ausgefallen',
    'status von {entity}',
    'zustand von {entity}',
  ],
  fr: [
    'est-ce que {entity} va bien',
    'comment va {entity}',
    '{entity} va bien',
    'est-ce que {entity} fonctionne',
    '{entity} fonctionne',
    'est-ce que {entity} marche',
    'est-ce que {entity} est en panne',
    '{entity} est en panne',
    'état de {entity}',
    'santé de {entity}',
    'statut de {entity}',
  ],
  es: [
    'está bien {entity}',
    'cómo está {entity}',
    'cómo va {entity}',
    'funciona {entity}',
    'funciona bien {entity}',
    'está caído {entity}',
    '{entity} está bien',
    '{entity} está caído',
    'estado de {entity}',
    'salud de {entity}',
  ],
}
