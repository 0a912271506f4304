import { isAbsolute, resolve } from 'node:path'
import { type Configuration, SQLITE } from '../environment/environment.js'
import { parseCidr } from '../net/addresses.js'
import type { Secrets } from '../options.js'
import type { Provider } from '../providers/provider.js'
import type { Finding } from './finding.js'
import { isGuessable } from './guessable.js'

/** What can be said of a configuration without asking anybody. */
export function review(configuration: Configuration): Finding[] {
  const { options, ignored, databaseUrl } = configuration
  return [
    ...ignored.map((name) =>
      warning('ignored', name, 'is read by nothing: misspelt, or of no use without another one'),
    ),
    ...reviewSecrets(configuration),
    ...reviewShop(configuration),
    ...reviewAddresses(configuration),
    ...options.providers.flatMap(reviewProvider),
    ...(databaseUrl.startsWith(SQLITE) ? reviewFile(databaseUrl.slice(SQLITE.length)) : []),
    ...(options.mode === 'test'
      ? [note('test-mode', 'PAY_MODE', 'is test: every payment is marked, and none should be real')]
      : []),
  ]
}

function reviewSecrets({ options }: Configuration): Finding[] {
  const { orders, secret, apiKey = [] } = options
  const all = [
    ...named('PAY_SECRET', secret),
    ...named('PAY_ORDER_SECRET', typeof orders === 'function' ? [] : orders.secret),
    ...named('PAY_API_KEY', apiKey),
    ...named('PAY_WEBHOOK_SECRET', options.webhook ? options.webhook.secret : []),
  ]
  const holders = new Map<string, string>()
  return all.flatMap(({ name, secret }) => {
    const holder = holders.get(secret)
    holders.set(secret, name)
    const says = `holds the same as ${holder}: whoever has one has both`
    return [
      ...(holder === undefined ? [] : [warning('same-secret', name, says)]),
      ...(isGuessable(secret)
        ? [warning('guessable-secret', name, 'can be guessed: make it of 32 random bytes')]
        : []),
    ]
  })
}

function named(name: string, secrets: Secrets): { name: string; secret: string }[] {
  return (typeof secrets === 'string' ? [secrets] : secrets).map((secret) => ({ name, secret }))
}

function reviewShop({ options }: Configuration): Finding[] {
  const { providers, webhook, apiKey = [] } = options
  return [
    ...(providers.length === 0
      ? [warning('no-provider', 'providers', 'none is configured: no order can be paid')]
      : []),
    ...(webhook
      ? []
      : [warning('no-webhook', 'PAY_WEBHOOK_URL', 'is not set: the shop is told of no payment')]),
    ...(apiKey.length === 0
      ? [note('no-api-key', 'PAY_API_KEY', 'is not set: nobody can list or resolve payments')]
      : []),
  ]
}

function reviewAddresses({ options }: Configuration): Finding[] {
  const { publicUrl, providers, trustedProxies = [] } = options
  const tellsAddresses = providers.some(({ payerIp }) => payerIp)
  const isHttps = new URL(publicUrl).protocol === 'https:'
  const everybody = trustedProxies.find((cidr) => parseCidr(cidr)[1] === 0)
  return [
    ...(everybody !== undefined
      ? [warning('trusts-everybody', 'PAY_TRUSTED_PROXIES', `${everybody} believes any address`)]
      : []),
    ...(tellsAddresses && isHttps && trustedProxies.length === 0
      ? [
          warning(
            'no-trusted-proxies',
            'PAY_TRUSTED_PROXIES',
            'is not set: what ends TLS in front of us gives all payers its own address',
          ),
        ]
      : []),
  ]
}

function reviewProvider({ id, channels, cashierHosts, assumptions = [] }: Provider): Finding[] {
  const leadsAway = channels.some(({ flow }) => flow === 'redirect')
  return [
    ...assumptions.map((what) =>
      note('assumed', id, `${what}: assumed, the provider has to confirm`),
    ),
    ...(leadsAway && !cashierHosts
      ? [note('any-cashier', id, 'payers are sent to any https: host that it names')]
      : []),
  ]
}

function reviewFile(path: string): Finding[] {
  if (path === ':memory:') {
    return [
      warning('forgetful', 'PAY_DATABASE_URL', 'is in memory: payments are lost at each stop'),
    ]
  }
  if (isAbsolute(path)) return []
  return [note('relative-file', 'PAY_DATABASE_URL', `is ${resolve(path)} when started from here`)]
}

function warning(code: string, about: string, says: string): Finding {
  return { level: 'warning', code, about, says }
}

function note(code: string, about: string, says: string): Finding {
  return { level: 'note', code, about, says }
}
