import type { Client, Dispatcher } from 'undici'
import { answerBytes } from './http-client.js'

/** An answer that was read to its end. */
export interface WholeAnswer {
  status: number
  body: string
  /** Its `Keep-Alive` header. */
  keepAlive: string | string[] | undefined
}

/**
 * One call on a connection of its own, read as it arrives: streams and signals would cost more than
 * all that they carry here.
 *
 * @param timeout milliseconds in all.
 */
export function call(
  connection: Client,
  request: Dispatcher.DispatchOptions,
  timeout: number,
): Promise<WholeAnswer> {
  return new Promise((resolve, reject) => {
    connection.dispatch(request, new Reading(timeout, resolve, reject))
  })
}

/** Hears of a call from undici. */
class Reading implements Dispatcher.DispatchHandler {
  readonly #timer: NodeJS.Timeout
  readonly #resolve: (answer: WholeAnswer) => void
  readonly #reject: (error: Error) => void
  readonly #bytes = answerBytes()
  #begun: Dispatcher.DispatchController | undefined
  #isLate = false
  #status = 0
  #keepAlive: WholeAnswer['keepAlive']

  constructor(
    timeout: number,
    resolve: (answer: WholeAnswer) => void,
    reject: (error: Error) => void,
  ) {
    this.#timer = setTimeout(() => this.#giveUp(), timeout)
    this.#resolve = resolve
    this.#reject = reject
  }

  /** The connection stands and nothing is written yet. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#begun = controller
    if (this.#isLate) this.#giveUp()
  }

  /** Also for what is told before the answer (1xx): the last one counts. */
  onResponseStart(
    _: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    this.#status = status
    this.#keepAlive = headers['keep-alive']
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    try {
      this.#bytes.add(chunk)
    } catch (error) {
      controller.abort(error as Error)
    }
  }

  onResponseEnd(): void {
    clearTimeout(this.#timer)
    const [status, keepAlive] = [this.#status, this.#keepAlive]
    this.#resolve({ status, body: this.#bytes.whole().toString('utf8'), keepAlive })
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    clearTimeout(this.#timer)
    this.#reject(error)
  }

  /** What is still connecting comes to its own end: only that tells whether it was reached. */
  #giveUp(): void {
    this.#isLate = true
    this.#begun?.abort(new DOMException('no answer in time', 'TimeoutError'))
  }
}
