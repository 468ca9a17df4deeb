import { z } from 'zod/v4'
import { id } from './terms.js'

/** api-management.yaml: what one API Management service publishes. */
export const ApiManagement = z.strictObject({
  /** Name of the service as resources.yaml makes it. */
  service: z.string(),
  products: z
    .array(
      z.strictObject({
        id,
        name: z.string(),
        summary: z.string().default(''),
        /** Whether callers need a subscription, and whether somebody has to approve it. */
        key: z.boolean().default(true),
        approval: z.boolean().default(false),
      }),
    )
    .default([]),
  backends: z
    .array(
      z.strictObject({
        id,
        url: z.string(),
        /** Name of the Azure resource that it is, where it is told. */
        resource: z.string().optional(),
      }),
    )
    .default([]),
  apis: z.array(
    z.strictObject({
      id,
      name: z.string(),
      summary: z.string().optional(),
      /** Behind the gateway's address. */
      path: z.string(),
      /** Id of its version set, and which version of it it is; the original version has no name. */
      set: id.optional(),
      version: z.string().optional(),
      /** The revision that callers reach. */
      revision: z.int().min(1).default(1),
      /** A later revision that nobody but its makers reaches. */
      draft: z.int().min(2).optional(),
      /** Where the gateway sends calls; absent where a policy says it. */
      url: z.string().optional(),
      /** Its policy, as XML. */
      policy: z.string().optional(),
      type: z.enum(['http', 'soap', 'graphql', 'websocket', 'grpc']).default('http'),
      /** Who gives callers their tokens; absent where they need none. */
      signIn: z.string().optional(),
      key: z.boolean().default(true),
      tags: z.array(z.string()).default([]),
      /** Ids of products. */
      products: z.array(id).default([]),
      /** Method and path by operation id: `POST /payments`. */
      operations: z.record(z.string(), z.string().regex(/^[A-Z]+ \/\S*$/, 'a method and a path such as `GET /orders`')),
    }),
  ),
})
