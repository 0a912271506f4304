import type { IncomingMessage } from 'node:http'
import { CappedBytes } from '../capped-bytes.js'
import { BodyTakenError, BodyTooLargeError } from './body.js'

const decoder = new TextDecoder()

/**
 * The whole body of a request, as text.
 *
 * @param most bytes. What comes beyond them is dropped; see `endLeftover`.
 * @throws {BodyTooLargeError}
 * @throws {BodyTakenError}
 */
export async function readBody(incoming: IncomingMessage, most: number): Promise<string> {
  if (Number(incoming.headers['content-length'] ?? 0) > most) throw new BodyTooLargeError()
  if (incoming.method === 'GET' || incoming.method === 'HEAD') return ''
  if (incoming.readableDidRead || incoming.readableEncoding !== null) throw new BodyTakenError()
  // An empty one that somebody has resumed.
  if (incoming.readableEnded) return ''
  return decoder.decode(await collect(incoming, most))
}

function collect(incoming: IncomingMessage, most: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const bytes = new CappedBytes(most, () => new BodyTooLargeError())
    const settle = () => {
      incoming.off('data', take).off('end', end).off('error', fail).off('close', close)
      incoming.resume()
    }
    const take = (chunk: Buffer) => {
      try {
        bytes.add(chunk)
      } catch (error) {
        fail(error as Error)
      }
    }
    const end = () => {
      settle()
      resolve(bytes.whole())
    }
    const fail = (error: Error) => {
      settle()
      reject(error)
    }
    const close = () => fail(incoming.errored ?? new Error('the request was broken off'))
    incoming.on('data', take).on('end', end).on('error', fail).on('close', close)
    if (incoming.destroyed) close()
  })
}
