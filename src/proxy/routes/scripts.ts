import { createHash } from 'node:crypto'
import type { Context } from 'hono'
import type { Resource } from '../http/resource.js'

/** The button's files by name, made by the build. */
export type Assets = Readonly<Record<string, { type: string; body: string }>>

/** The only name that stays the same from version to version, so that it has to be looked at anew. */
const ENTRY = 'pay-button.js'
const REVALIDATED = 'no-cache'
const IMMUTABLE = 'public, max-age=31536000, immutable'

/** `GET /pay-button.js`, its chunks and `/pay-button@{version}.js`, for any page anywhere. */
export function scriptRoutes(resource: Resource, assets: Assets): void {
  for (const [name, { type, body }] of Object.entries(assets)) {
    const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`
    const headers = {
      'content-type': type,
      'cache-control': name === ENTRY ? REVALIDATED : IMMUTABLE,
      etag,
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'x-content-type-options': 'nosniff',
    }
    resource(`/${name}`, {
      GET: (context: Context) =>
        context.req.header('if-none-match') === etag
          ? new Response(null, { status: 304, headers })
          : new Response(body, { headers }),
    })
  }
}
