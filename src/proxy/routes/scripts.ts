import { chooseCoding } from '../http/accept-encoding.js'
import type { Answer } from '../http/answer.js'
import type { HttpRequest } from '../http/http-request.js'
import { ProblemError } from '../http/problem.js'
import type { Resource } from '../http/resource.js'
import { type PackedFile, ScriptFile } from '../scripts/script-file.js'

/** The button's files by name, made by the build. */
export type Assets = Readonly<Record<string, PackedFile>>

/** The only name that stays the same from version to version, so that it has to be looked at anew. */
const ENTRY = 'pay-button.js'
const REVALIDATED = 'no-cache'
const IMMUTABLE = 'public, max-age=31536000, immutable'

/** `GET /pay-button.js`, its chunks and `/pay-button@{version}.js`, for any page anywhere. */
export function scriptRoutes(resource: Resource, assets: Assets): void {
  for (const [name, packed] of Object.entries(assets)) {
    const file = new ScriptFile(packed)
    const caching = name === ENTRY ? REVALIDATED : IMMUTABLE
    resource(`/${name}`, { GET: (request) => answer(request, file, caching) })
  }
}

/** Chunks of other releases. */
export function keptChunkRoute(
  resource: Resource,
  findKept: (name: string) => Promise<PackedFile | undefined>,
): void {
  resource('/:chunk{[^/]+\\.js}', {
    GET: async (request, { chunk = '' }) => {
      const packed = await findKept(chunk)
      if (!packed) throw new ProblemError('not-found')
      return answer(request, new ScriptFile(packed), IMMUTABLE)
    },
  })
}

function answer(request: HttpRequest, file: ScriptFile, caching: string): Answer {
  const coding = request.losesCoding ? 'identity' : chooseCoding(request.header('accept-encoding'))
  // Each coding is a representation of its own, with a strong tag of its own.
  const etag = `"${file.hash}-${coding}"`
  const headers = {
    'cache-control': caching,
    etag,
    vary: 'Accept-Encoding',
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
    'x-content-type-options': 'nosniff',
  }
  if (isKnown(request.header('if-none-match'), etag)) {
    return { status: 304, headers, body: null }
  }
  const body = file.in(coding)
  return {
    status: 200,
    body,
    headers: {
      ...headers,
      'content-type': 'text/javascript; charset=utf-8',
      'content-length': String(body.length),
      ...(coding === 'identity' ? {} : { 'content-encoding': coding }),
    },
  }
}

/** Compared weakly: what stands between may have weakened the tag. */
function isKnown(known: string | undefined, etag: string): boolean {
  const tags = (known ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  return tags.includes('*') || tags.includes(etag)
}
