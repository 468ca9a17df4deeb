/**
 * What a command may do to the world: `read` changes nothing, `note` changes Nexus's own records, `change` touches
 * anything else and goes through a proposal and a click.
 */
export type Effect = 'read' | 'note' | 'change'
