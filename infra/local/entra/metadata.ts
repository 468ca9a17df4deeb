import { ok, type VendorResponse } from '../frame/router.js'
import { publicJwk, type SigningKey } from '../keys.js'

const cached = { 'cache-control': 'max-age=86400, private', 'access-control-allow-origin': '*' }

/**
 * OpenID metadata of a tenant.
 * @param name the tenant as the path names it, which the endpoints repeat.
 * @param issuer of the tokens of this version.
 */
export function openIdMetadata(base: string, name: string, issuer: string, version: '1.0' | '2.0'): VendorResponse {
  const v2 = version === '2.0'
  const oauth = `${base}/${name}/oauth2${v2 ? '/v2.0' : ''}`
  return ok(
    {
      token_endpoint: `${oauth}/token`,
      token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
      jwks_uri: `${base}/${name}/discovery${v2 ? '/v2.0' : ''}/keys`,
      response_modes_supported: ['query', 'fragment', 'form_post'],
      subject_types_supported: ['pairwise'],
      id_token_signing_alg_values_supported: ['RS256'],
      response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
      scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
      issuer,
      request_uri_parameter_supported: false,
      authorization_endpoint: `${oauth}/authorize`,
      device_authorization_endpoint: `${oauth}/devicecode`,
      end_session_endpoint: `${oauth}/logout`,
      claims_supported: 'sub iss aud exp iat nonce preferred_username name tid ver email'.split(' '),
      tenant_region_scope: null,
      cloud_instance_name: new URL(base).host,
      cloud_graph_host_name: 'graph.windows.net',
      msgraph_host: 'graph.microsoft.com',
    },
    cached,
  )
}

/** Instance discovery: which hosts are one cloud, and where a tenant's metadata is. Here the cloud is this one host. */
export function instanceDiscovery(base: string, authorizationEndpoint: string | undefined): VendorResponse {
  const { host } = new URL(base)
  const tenant = URL.canParse(authorizationEndpoint ?? '')
    ? new URL(authorizationEndpoint!).pathname.split('/')[1]
    : 'common'
  return ok({
    tenant_discovery_endpoint: `${base}/${tenant}/v2.0/.well-known/openid-configuration`,
    'api-version': '1.1',
    metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
  })
}

/** A key set (RFC 7517). */
export const keySet = (key: SigningKey, extra: Record<string, unknown> = {}): VendorResponse =>
  ok({ keys: [{ ...publicJwk(key), ...extra }] }, cached)
