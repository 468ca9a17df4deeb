import { randomUUID } from 'node:crypto'
import type { VendorRequest, VendorResponse } from '../../frame/router.js'
import { ok } from '../../frame/router.js'
import { isObject } from '../card-check.js'
import type { TeamsContext } from '../context.js'
import type { Upload } from '../model.js'
import { badSyntax, refuse, tooLarge } from './refusals.js'

/** A picture of a message may be 1 MB (Microsoft's "use picture messages"). */
const largestUpload = 1_024 * 1_024
const noAttachment = () => refuse(404, 'BadArgument', 'Unknown attachment or view')

/** Files that the bot uploads and points to by their address. */
export function uploads({ state }: TeamsContext) {
  const views = (upload: Upload) =>
    Object.entries({ original: upload.originalBase64, thumbnail: upload.thumbnailBase64 }).flatMap(
      ([viewId, base64]) => (base64 ? [{ viewId, bytes: Buffer.from(base64, 'base64') }] : []),
    )

  const find = (id: string | undefined): Upload | undefined =>
    id !== undefined && Object.hasOwn(state.value.uploads, id) ? state.value.uploads[id] : undefined

  return {
    /** Takes `{type, name, originalBase64, thumbnailBase64?}`; answers the id. */
    create({ body }: VendorRequest): VendorResponse {
      if (!isObject(body)) return badSyntax('The body is not an attachment')
      const { type, name, originalBase64, thumbnailBase64 } = body
      if (typeof type !== 'string' || typeof originalBase64 !== 'string')
        return badSyntax('An attachment needs type and originalBase64')
      if (Buffer.byteLength(originalBase64, 'base64') > largestUpload) return tooLarge()
      const id = randomUUID()
      state.value.uploads[id] = {
        type,
        name: typeof name === 'string' ? name : '',
        originalBase64,
        ...(typeof thumbnailBase64 === 'string' ? { thumbnailBase64 } : {}),
      }
      state.changed()
      return { status: 201, body: { id } }
    },

    /** Name, type and views of an attachment. */
    info({ params }: VendorRequest): VendorResponse {
      const upload = find(params['attachment'])
      if (!upload) return noAttachment()
      const list = views(upload).map(({ viewId, bytes }) => ({ viewId, size: bytes.length }))
      return ok({ name: upload.name, type: upload.type, views: list })
    },

    /** The bytes of one view. */
    view({ params }: VendorRequest): VendorResponse {
      const upload = find(params['attachment'])
      const view = upload && views(upload).find(({ viewId }) => viewId === params['view'])
      return view && upload
        ? { status: 200, headers: { 'content-type': upload.type }, body: view.bytes }
        : noAttachment()
    },
  }
}
