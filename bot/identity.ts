/** What a channel vouches for of somebody who speaks; without tenant and object id they have no account of Entra. */
export interface Identity {
  tenantId?: string
  objectId?: string
  name: string
  zone?: string
  locale?: string
}
