import { CappedBytes } from '../capped-bytes.js'
import { BodyTakenError, BodyTooLargeError } from './body.js'
import { HttpRequest } from './http-request.js'

/** A request of a web-standard runtime. */
export class WebRequest extends HttpRequest {
  readonly env: unknown
  readonly #request: Request

  constructor(request: Request, env: unknown) {
    super()
    this.#request = request
    this.env = env
  }

  get method(): string {
    return this.#request.method
  }

  get url(): string {
    return this.#request.url
  }

  get signal(): AbortSignal {
    return this.#request.signal
  }

  /** Next.js takes it off what a route answers, and sends the packed bytes all the same. */
  get losesCoding(): boolean {
    return 'nextUrl' in this.#request
  }

  header(name: string): string | undefined {
    return this.#request.headers.get(name) ?? undefined
  }

  async text(most: number): Promise<string> {
    if (this.#request.bodyUsed) throw new BodyTakenError()
    const length = this.header('content-length')
    // A length is enforced by the server's parser; only a chunked body can grow beyond what it says.
    if (length !== undefined) {
      if (Number(length) > most) throw new BodyTooLargeError()
      return this.#request.text()
    }
    const bytes = new CappedBytes(most, () => new BodyTooLargeError())
    for await (const chunk of this.#request.body ?? []) bytes.add(chunk)
    // As `Request.text` does, without a mark of its byte order.
    return new TextDecoder().decode(bytes.whole())
  }

  toWeb(): Request {
    return this.#request
  }
}
