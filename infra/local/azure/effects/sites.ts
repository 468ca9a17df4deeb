import { isJson, objectAt } from '../json.js'
import type { Json } from '../json.js'
import { ArmRefusal } from '../refusals.js'
import type { StoredResource } from '../state.js'
import { forEach } from './effect.js'
import type { Effect, EffectContext, Effects } from './effect.js'

const both = ['microsoft.web/sites/', 'microsoft.web/sites/slots/']

/** Sets the moment of the last start; every change of settings restarts a site. */
export function restartSite(stored: StoredResource, now: Date): void {
  stored.hidden['lastRestart'] = now.toISOString()
  stored.resource.properties['lastModifiedTimeUtc'] = now.toISOString()
}

const restart: Effect = { finish: ({ stored, now }) => restartSite(stored, now) }

const setState = (state: 'Running' | 'Stopped'): Effect => ({
  finish: ({ stored, store, now }) => {
    stored.resource.properties['state'] = state
    stored.resource.properties['enabled'] = state === 'Running'
    if (state === 'Running') restartSite(stored, now)
    store.setHealth(
      stored,
      state === 'Running'
        ? { availabilityState: 'Available', summary: 'The app answers its health checks.', reasonType: '' }
        : {
            availabilityState: 'Unavailable',
            summary: 'The app was stopped by a user.',
            reasonType: 'Customer Initiated',
          },
    )
  },
})

/** The site or slot at the other end of a swap; `production` is the site itself. */
function swapPartner({ stored, store, body }: EffectContext): StoredResource {
  const target = String(body['targetSlot'])
  const [site = ''] = stored.resource.id.split('/slots/')
  const partner = store.find(target.toLowerCase() === 'production' ? site : `${site}/slots/${target}`)
  if (!partner || partner === stored)
    throw new ArmRefusal(
      404,
      'NotFound',
      `Cannot find slot with name '${target}' to swap with '${stored.resource.name}'.`,
    )
  return partner
}

/** Settings that stay with their slot, by name; the site lists them in `slotConfigNames`. */
function stickyNames({ stored, store }: EffectContext): string[] {
  const site = store.find(stored.resource.id.split('/slots/')[0] ?? '')
  const names = objectAt(site?.hidden, 'slotConfigNames')['appSettingNames']
  return Array.isArray(names) ? names.map(String) : []
}

/** What two slots exchange: the build (in `siteConfig` and `buildVersion`) and the settings that do not stay. */
function exchange(a: StoredResource, b: StoredResource, sticky: string[]): void {
  for (const key of ['siteConfig', 'buildVersion']) {
    const [mine, theirs] = [a.resource.properties[key], b.resource.properties[key]]
    if (mine === undefined && theirs === undefined) continue
    a.resource.properties[key] = theirs
    b.resource.properties[key] = mine
  }
  // A version tag names the build, which is why the local tenant moves it too; real tags stay with their slot.
  const [mine, theirs] = [a.resource.tags?.['version'], b.resource.tags?.['version']]
  if (mine && theirs) {
    a.resource.tags = { ...a.resource.tags, version: theirs }
    b.resource.tags = { ...b.resource.tags, version: mine }
  }
  const [first, second] = [objectAt(a.hidden, 'appsettings'), objectAt(b.hidden, 'appsettings')]
  const keep = (settings: Json) =>
    Object.fromEntries(Object.entries(settings).filter(([name]) => sticky.includes(name)))
  const move = (settings: Json) =>
    Object.fromEntries(Object.entries(settings).filter(([name]) => !sticky.includes(name)))
  a.hidden['appsettings'] = { ...move(second), ...keep(first) }
  b.hidden['appsettings'] = { ...move(first), ...keep(second) }
}

const swap: Effect = {
  begin: (context) => void swapPartner(context),
  finish: (context) => {
    const { stored, store, now, caller, operation } = context
    const partner = swapPartner(context)
    store.write(partner, caller, operation, () => {
      exchange(stored, partner, stickyNames(context))
      restartSite(partner, now)
    })
    restartSite(stored, now)
  },
}

const differences: Effect = {
  finish: (context) => {
    const { stored } = context
    const partner = swapPartner(context)
    const [first, second] = [objectAt(stored.hidden, 'appsettings'), objectAt(partner.hidden, 'appsettings')]
    const names = [...new Set([...Object.keys(first), ...Object.keys(second)])]
    const value = names
      .filter((name) => first[name] !== second[name])
      .map((name) => ({
        name,
        properties: {
          type: 'AppSettings',
          settingName: name,
          diffRule: 'SettingDiffers',
          valueInCurrentSlot: first[name] ?? null,
          valueInTargetSlot: second[name] ?? null,
        },
      }))
    return { value }
  },
}

/** Restarts every site on a plan. */
const restartSites: Effect = {
  finish: ({ stored, store, now, caller, operation }) => {
    const plan = stored.resource.id.toLowerCase()
    for (const site of store.all()) {
      if (String(site.resource.properties['serverFarmId']).toLowerCase() !== plan) continue
      store.write(site, caller, operation, () => restartSite(site, now))
    }
  },
}

const setEnabled = (state: 'Enabled' | 'Disabled'): Effect => ({
  finish: ({ stored }) => void (stored.resource.properties['state'] = state),
})

/** A container app runs while it is started. */
const runningStatus = (status: 'Running' | 'Stopped'): Effect => ({
  finish: ({ stored }) => void (stored.resource.properties['runningStatus'] = status),
})

/** Web apps and their slots, plans, container apps, logic apps. */
export const siteEffects: Effects = {
  ...forEach(both, 'restart', restart),
  ...forEach(both, 'start', setState('Running')),
  ...forEach(both, 'stop', setState('Stopped')),
  ...forEach(both, 'slotsswap', swap),
  ...forEach(both, 'slotsdiffs', differences),
  'microsoft.web/serverfarms/restartsites': restartSites,
  'microsoft.logic/workflows/enable': setEnabled('Enabled'),
  'microsoft.logic/workflows/disable': setEnabled('Disabled'),
  'microsoft.app/containerapps/start': runningStatus('Running'),
  'microsoft.app/containerapps/stop': runningStatus('Stopped'),
  'microsoft.web/sites#put': {
    finish: ({ stored, now }) => {
      const settings = objectAt(stored.resource.properties, 'siteConfig')['appSettings']
      if (!Array.isArray(settings)) return
      const pairs = settings.filter(isJson).map(({ name, value }) => [String(name), String(value)])
      stored.hidden['appsettings'] = Object.fromEntries(pairs) as Json
      restartSite(stored, now)
    },
  },
}
