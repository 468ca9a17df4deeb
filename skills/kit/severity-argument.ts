import { choice } from './arguments.js'

const severities = ['sev0', 'sev1', 'sev2', 'sev3', 'sev4'] as const
type Severity = (typeof severities)[number]

/** What else each severity is called: `sev 1`, `severity 1`, `p1`. */
const said = Object.fromEntries(
  severities.flatMap((severity) => {
    const level = severity.slice(3)
    return ['sev ', 'sev-', 'severity ', 'p', 's'].map((word): [string, Severity] => [`${word}${level}`, severity])
  }),
)

/** How bad an incident is, by Nexus's scale: `sev0` is the worst. */
export const severityArg = choice('how severe', severities, { ...said, critical: 'sev0', major: 'sev1', minor: 'sev3' })
