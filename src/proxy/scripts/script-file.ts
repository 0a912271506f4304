import { brotliDecompressSync, constants, gzipSync } from 'node:zlib'
import type { Coding } from '../http/accept-encoding.js'

/** A file as the build packs it. */
export interface PackedFile {
  /** Of the plain text: what tells two versions apart. */
  hash: string
  /** The text in Brotli, as Base64. */
  br: string
}

/** A file in every coding. The package has it in one; the others are made when first asked for. */
export class ScriptFile {
  readonly hash: string
  readonly #packed: string
  readonly #bodies: Partial<Record<Coding, Uint8Array<ArrayBuffer>>> = {}

  constructor({ hash, br }: PackedFile) {
    this.hash = hash
    this.#packed = br
  }

  in(coding: Coding): Uint8Array<ArrayBuffer> {
    this.#bodies[coding] ??= new Uint8Array(this.#make(coding))
    return this.#bodies[coding]
  }

  #make(coding: Coding): Uint8Array {
    if (coding === 'br') return Buffer.from(this.#packed, 'base64')
    if (coding === 'identity') return brotliDecompressSync(this.in('br'))
    return gzipSync(this.in('identity'), { level: constants.Z_BEST_COMPRESSION })
  }
}
