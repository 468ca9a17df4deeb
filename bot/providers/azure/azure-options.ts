import type { TokenCredential } from '@azure/identity'

/** Where Azure Resource Manager is, and who asks. */
export interface AzureOptions {
  /** `https://management.azure.com` in the public cloud. */
  endpoint: string
  /** Scope of its tokens: `https://management.azure.com/.default`. */
  scope: string
  credential: TokenCredential
  /** PEM of the authority that signed the endpoint's certificate, where Node does not know it by itself, as with an Azure Stack. */
  ca?: string
}
