import { isLoopbackHost, parseCidr } from './net/addresses.js'
import { type Mode, safeUrl } from './net/urls.js'
import { ConfigurationError, type PayProxyOptions, type Secrets } from './options.js'
import type { Provider } from './providers/provider.js'
import type { Settings } from './settings.js'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

const DEFAULT_SCHEDULE = [
  15 * SECOND,
  30 * SECOND,
  MINUTE,
  2 * MINUTE,
  5 * MINUTE,
  15 * MINUTE,
  HOUR,
]

/** 256 bits: what HMAC-SHA256 makes full use of. */
const SHORTEST_SECRET = 32

/** @throws {ConfigurationError} naming the first option that cannot be used. */
export function checkOptions(options: Omit<PayProxyOptions, 'store'>): Settings {
  const mode = options.mode ?? 'live'
  const settings: Settings = {
    mode,
    publicUrl: checkUrl('publicUrl', options.publicUrl, mode).href.replace(/\/+$/, ''),
    origins: checkOrigins(options.origins, mode),
    secrets: checkSecrets('secret', options.secret),
    apiKeys: options.apiKey === undefined ? [] : checkSecrets('apiKey', options.apiKey),
    shopName: options.shopName,
    lifetime: checkDuration('lifetime', options.lifetime ?? 24 * HOUR),
    grace: checkDuration('grace', options.grace ?? 72 * HOUR),
    querySchedule: checkSchedule(options.querySchedule ?? DEFAULT_SCHEDULE),
  }
  if (typeof options.orders !== 'function') checkSecrets('orders.secret', options.orders.secret)
  checkProviders(options.providers, mode)
  checkTrustedProxies(options.trustedProxies ?? [])
  checkShop(options, mode)
  return settings
}

export function secretList(secrets: Secrets): readonly string[] {
  return typeof secrets === 'string' ? [secrets] : secrets
}

function checkSecrets(option: string, secrets: Secrets): [string, ...string[]] {
  const [first, ...others] = secretList(secrets)
  if (first === undefined) throw new ConfigurationError(option, 'is missing')
  for (const secret of [first, ...others]) {
    if (new TextEncoder().encode(secret).length < SHORTEST_SECRET) {
      throw new ConfigurationError(option, `is shorter than ${SHORTEST_SECRET} bytes`)
    }
  }
  return [first, ...others]
}

function checkUrl(option: string, text: string, mode: Mode): URL {
  const url = safeUrl(text, mode)
  if (!url || url.search || url.hash) {
    throw new ConfigurationError(
      option,
      mode === 'live'
        ? 'must be an https: URL without query (http: to loopback needs test mode)'
        : 'must be an https: URL without query, or http: to loopback',
    )
  }
  if (mode === 'live' && isLoopbackHost(url.hostname)) {
    throw new ConfigurationError(option, 'is loopback, which live mode refuses')
  }
  return url
}

function checkOrigins(origins: readonly string[], mode: Mode): readonly string[] {
  if (origins.length === 0) throw new ConfigurationError('origins', 'is empty')
  return origins.map((text) => {
    const { origin } = checkUrl('origins', text, mode)
    if (text.replace(/\/$/, '') !== origin) {
      throw new ConfigurationError(
        'origins',
        'must hold origins only, such as https://shop.example',
      )
    }
    return origin
  })
}

function checkDuration(option: string, duration: number): number {
  if (!Number.isFinite(duration) || duration <= 0) {
    throw new ConfigurationError(option, 'must be a duration above zero')
  }
  return duration
}

function checkSchedule(schedule: readonly number[]): readonly number[] {
  if (schedule.length === 0) throw new ConfigurationError('querySchedule', 'is empty')
  return schedule.map((gap) => checkDuration('querySchedule', gap))
}

function checkProviders(providers: readonly Provider[], mode: Mode): void {
  const ids = new Set<string>()
  for (const { id, baseUrl, testHosts = [], assumptions = [] } of providers) {
    if (ids.has(id)) throw new ConfigurationError('providers', `holds ${id} twice`)
    ids.add(id)
    const option = `${id}.baseUrl`
    const { hostname } = checkUrl(option, baseUrl, mode)
    if (mode === 'live' && testHosts.includes(hostname)) {
      throw new ConfigurationError(option, "is the provider's test system, which live mode refuses")
    }
    if (mode === 'live' && assumptions.length > 0) {
      throw new ConfigurationError(
        `${id}.confirmed`,
        `is needed in live mode: ask the provider to confirm ${assumptions.join(', ')}`,
      )
    }
  }
}

function checkTrustedProxies(cidrs: readonly string[]): void {
  for (const cidr of cidrs) {
    try {
      parseCidr(cidr)
    } catch {
      throw new ConfigurationError('trustedProxies', 'must hold addresses or CIDRs')
    }
  }
}

function checkShop(
  { onPayment, webhook }: Pick<PayProxyOptions, 'onPayment' | 'webhook'>,
  mode: Mode,
): void {
  if (!webhook) return
  if (onPayment) throw new ConfigurationError('webhook', 'and onPayment cannot both be set')
  checkUrl('webhook.url', webhook.url, mode)
  if (!/^whsec_[A-Za-z0-9+/]{16,}={0,2}$/.test(webhook.secret)) {
    throw new ConfigurationError('webhook.secret', 'must be whsec_ and Base64')
  }
}
