import { objectAt, objectsAt } from '../json.js'
import type { Json } from '../json.js'
import { ArmRefusal } from '../refusals.js'
import type { Effect, Effects } from './effect.js'

const cluster = 'microsoft.containerservice/managedclusters'

const setPower = (code: 'Running' | 'Stopped'): Effect => ({
  finish: ({ stored, store }) => {
    stored.resource.properties['powerState'] = { code }
    const available = code === 'Running'
    store.setHealth(stored, {
      availabilityState: available ? 'Available' : 'Unavailable',
      summary: available ? 'The control plane answers.' : 'The cluster was stopped by a user.',
      reasonType: available ? '' : 'Customer Initiated',
    })
  },
})

const requireRunning: Effect['begin'] = ({ stored }) => {
  if (objectAt(stored.resource.properties, 'powerState')['code'] === 'Stopped')
    throw new ArmRefusal(
      409,
      'OperationNotAllowed',
      `The cluster '${stored.resource.name}' is stopped. Start it first.`,
    )
}

interface CommandResult {
  exitCode: number
  logs: string
}

/** The part of kubectl that actions use, over the deployments kept with the cluster. */
function kubectl(command: string, deployments: Json): CommandResult {
  const namespace = /(?:-n|--namespace)[ =](\S+)/.exec(command)?.[1] ?? 'default'
  const name = /deploy(?:ments?)?(?:\.apps)?[/ ]([a-z0-9][\w.-]*)/.exec(command)?.[1]
  const key = `${namespace}/${name ?? ''}`
  const replicas = /--replicas[ =](\d+)/.exec(command)?.[1]
  if (/^kubectl scale /.test(command) && name && replicas !== undefined) {
    deployments[key] = { ...objectAt(deployments, key), replicas: Number(replicas) }
    return { exitCode: 0, logs: `deployment.apps/${name} scaled\n` }
  }
  if (/^kubectl rollout restart /.test(command) && name) {
    deployments[key] = {
      replicas: 1,
      ...objectAt(deployments, key),
      restarts: Number(objectAt(deployments, key)['restarts'] ?? 0) + 1,
    }
    return { exitCode: 0, logs: `deployment.apps/${name} restarted\n` }
  }
  if (/^kubectl get deploy/.test(command)) return { exitCode: 0, logs: listing(deployments, namespace, name) }
  if (/^kubectl version/.test(command))
    return { exitCode: 0, logs: 'Client Version: v1.33.3\nServer Version: v1.33.3\n' }
  return { exitCode: 1, logs: `error: unknown command "${command}"\n` }
}

function listing(deployments: Json, namespace: string, name: string | undefined): string {
  const found = Object.keys(deployments).filter(
    (key) => key.startsWith(`${namespace}/`) && (!name || key.endsWith(`/${name}`)),
  )
  const items = found.map((key) => {
    const { replicas = 1 } = objectAt(deployments, key)
    return {
      kind: 'Deployment',
      apiVersion: 'apps/v1',
      metadata: { name: key.split('/')[1], namespace },
      spec: { replicas },
      status: { replicas, readyReplicas: replicas },
    }
  })
  return JSON.stringify({ apiVersion: 'v1', kind: 'List', items })
}

const runCommand: Effect = {
  begin: requireRunning,
  finish: ({ stored, body, now }) => {
    const deployments = objectAt(stored.hidden, 'deployments')
    const result = kubectl(String(body['command']), deployments)
    stored.hidden['deployments'] = deployments
    const finished = now.toISOString()
    return { properties: { provisioningState: 'Succeeded', ...result, startedAt: finished, finishedAt: finished } }
  },
}

/** Moves the pool named by the query's `pool` to this month's node image. */
const upgradeImage: Effect = {
  begin: requireRunning,
  finish: ({ stored, query, now }) => {
    const month = now.toISOString().slice(0, 7).replace('-', '')
    stored.resource.properties['agentPoolProfiles'] = objectsAt(stored.resource.properties, 'agentPoolProfiles').map(
      (pool) =>
        pool['name'] === query['pool']
          ? { ...pool, nodeImageVersion: `AKSUbuntu-2204gen2containerd-${month}.20.0` }
          : pool,
    )
  },
}

/** Credentials of a cluster as a kubeconfig that leads to the local tenant. */
const credentials: Effect = {
  finish: ({ stored }) => {
    const { fqdn = `${stored.resource.name}.hcp.local.azmk8s.io` } = stored.resource.properties
    const config = `apiVersion: v1\nkind: Config\nclusters:\n- name: ${stored.resource.name}\n  cluster:\n    server: https://${String(fqdn)}:443\n`
    return { kubeconfigs: [{ name: 'clusterUser', value: Buffer.from(config).toString('base64') }] }
  },
}

/** Kubernetes clusters and their pools; a pool's effects run on its cluster, with the pool's name in the query. */
export const clusterEffects: Effects = {
  [`${cluster}/start`]: setPower('Running'),
  [`${cluster}/stop`]: setPower('Stopped'),
  [`${cluster}/runcommand`]: runCommand,
  [`${cluster}/listclusterusercredential`]: credentials,
  [`${cluster}/listclusteradmincredential`]: credentials,
  [`${cluster}/agentpools/upgradenodeimageversion`]: upgradeImage,
}
