import { errorName } from '../log.js'

/** Milliseconds; a configuration is looked at by somebody who waits. */
const PATIENCE = 3_000
/** Characters of an answer that are looked at. */
const MOST = 64 * 1024

/** What came of asking an address once. */
export type Asked =
  | { answered: true; status: number; text: string; date: number | undefined }
  | { answered: false; why: string; isRefused: boolean }

/** Asks once, for 3 s at most, following no redirect. Never throws. */
export async function ask(url: string, init: RequestInit = {}): Promise<Asked> {
  try {
    const signal = AbortSignal.timeout(PATIENCE)
    const response = await fetch(url, { redirect: 'manual', ...init, signal })
    const date = Date.parse(response.headers.get('date') ?? '')
    return {
      answered: true,
      status: response.status,
      text: (await response.text()).slice(0, MOST),
      date: Number.isNaN(date) ? undefined : date,
    }
  } catch (error) {
    const name = errorName(error)
    return { answered: false, why: inWords(name), isRefused: name.includes('ECONNREFUSED') }
  }
}

const WORDS: readonly [RegExp, string][] = [
  [/ENOTFOUND|EAI_/, 'has a name that no server knows'],
  [/ECONNREFUSED/, 'refuses connections'],
  [/CERT|SELF_SIGNED|ISSUER|UNABLE_TO/, 'has a certificate that cannot be verified'],
  [/EPROTO|ERR_SSL/, 'does not speak TLS'],
  [/Timeout|ETIMEDOUT/i, 'does not answer within 3 s'],
]

function inWords(name: string): string {
  const words = WORDS.find(([pattern]) => pattern.test(name))?.[1] ?? 'cannot be reached'
  return `${words} (${name.split(' ').at(-1)})`
}
