/** What arrives in pieces, up to a limit. */
export class CappedBytes {
  readonly #most: number
  readonly #tooMany: () => Error
  readonly #chunks: Uint8Array[] = []
  #size = 0

  /** @param tooMany what is thrown as soon as there are more than `most` bytes. */
  constructor(most: number, tooMany: () => Error) {
    this.#most = most
    this.#tooMany = tooMany
  }

  add(chunk: Uint8Array): void {
    this.#size += chunk.length
    if (this.#size > this.#most) throw this.#tooMany()
    this.#chunks.push(chunk)
  }

  whole(): Buffer {
    return Buffer.concat(this.#chunks)
  }
}
