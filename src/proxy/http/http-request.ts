import { getPath, getQueryParam } from 'hono/utils/url'

/**
 * A request as the routes know it, whatever server it came by. What costs something, its signal or a
 * `Request` of the platform, is made for who asks for it.
 */
export abstract class HttpRequest {
  abstract readonly method: string
  /** Absolute, as a URL parser writes it. */
  abstract readonly url: string
  /** What the runtime hands its handlers beside a request. */
  abstract readonly env: unknown
  /** Aborted when whoever asked went away. */
  abstract readonly signal: AbortSignal
  /** Whether what carries the answer drops its `Content-Encoding`. */
  abstract readonly losesCoding: boolean

  /**
   * All that was said under a name, joined by `, `.
   *
   * @param name in lower case.
   */
  abstract header(name: string): string | undefined

  /**
   * The body, once.
   *
   * @param most bytes.
   * @throws {BodyTooLargeError}
   * @throws {BodyTakenError}
   */
  abstract text(most: number): Promise<string>

  /** The same for the shop's own functions; with the body, as long as nobody has read it. */
  abstract toWeb(): Request

  /** Percent-decoded, but for what would change where it is cut. */
  get path(): string {
    // It reads the address and nothing else.
    return getPath(this as { url: string } as Request)
  }

  /** The first value of a name in the query. */
  query(name: string): string | undefined {
    return getQueryParam(this.url, name) as string | undefined
  }
}
