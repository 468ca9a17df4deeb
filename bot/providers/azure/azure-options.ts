import type { TokenCredential } from '@azure/identity'

/** Where Azure Resource Manager is, and who asks. */
export interface AzureOptions {
  /** `https://management.azure.com` in the public cloud. */
  endpoint: string
  /** Scope of its tokens: `https://management.azure.com/.default`. */
  scope: string
  credential: TokenCredential
}
