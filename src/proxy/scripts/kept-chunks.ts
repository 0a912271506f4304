import { isSameSecret } from '../constant-time.js'
import { keyedHash } from '../payments/keyed-hash.js'
import type { Database } from '../store/database.js'
import type { PackedFile } from './script-file.js'

/** How long a page may stay open and still find its release's chunks. Milliseconds. */
const KEPT = 30 * 24 * 3_600_000

/** The name of a chunk ends in a hash of its text, so no name is ever two. */
const CHUNK = /^[a-z-]+-[\w-]{8}\.js$/

/**
 * The chunks of every release that served of late. A page that was opened before an upgrade asks
 * for those of its own release, and in a rolling one may ask a process that never had them.
 *
 * What stands there is run by the shop's pages, so each is proven to be of a proxy with our secret:
 * who can write to the database alone can't put a script in its place.
 */
export class KeptChunks {
  readonly #db: Database
  readonly #secrets: readonly [string, ...string[]]
  readonly #own: [name: string, packed: string][]

  /** @param secrets the first one proves, all are accepted. */
  constructor(
    db: Database,
    secrets: readonly [string, ...string[]],
    files: Readonly<Record<string, PackedFile>>,
  ) {
    this.#db = db
    this.#secrets = secrets
    this.#own = Object.entries(files)
      .filter(([name]) => CHUNK.test(name))
      .map(([name, { hash, br }]) => [name, JSON.stringify({ hash, br } satisfies PackedFile)])
  }

  /** Keeps our own for another while. @throws {StoreUnavailableError} */
  async renew(): Promise<void> {
    await this.#db.write(
      this.#own.map(([name, packed]) => ({
        sql: `INSERT INTO kept_chunks (name, packed, proof, forget_at)
          VALUES (:name, :packed, :proof, :now + :kept)
          ON CONFLICT (name) DO UPDATE
          SET packed = excluded.packed, proof = excluded.proof, forget_at = excluded.forget_at`,
        params: { name, packed, proof: proofOf(this.#secrets[0], name, packed), kept: KEPT },
      })),
    )
  }

  /** Drops what nobody has served for a while. A write of its own: two that wait for each other would fail. */
  async forgetOld(): Promise<void> {
    await this.#db.write([{ sql: 'DELETE FROM kept_chunks WHERE forget_at <= :now' }])
  }

  /** @throws {StoreUnavailableError} */
  async find(name: string): Promise<PackedFile | undefined> {
    if (!CHUNK.test(name)) return undefined
    const row = await this.#db.first('SELECT packed, proof FROM kept_chunks WHERE name = :name', {
      name,
    })
    if (!row) return undefined
    const packed = String(row.packed)
    const isProven = this.#secrets.some((secret) =>
      isSameSecret(proofOf(secret, name, packed), String(row.proof)),
    )
    return isProven ? (JSON.parse(packed) as PackedFile) : undefined
  }
}

function proofOf(secret: string, name: string, packed: string): string {
  return keyedHash(secret, 'kept chunk', [name, packed])
}
