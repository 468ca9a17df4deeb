/** The log stream that audit lines are chained into. */
export const auditStream = 'audit'
