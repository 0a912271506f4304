import { pino } from 'pino'
import { checkOptions } from '../check-options.js'
import { LOG_LEVELS, type Logger } from '../log.js'
import { isLoopbackHost } from '../net/addresses.js'
import { ConfigurationError, type PayProxyOptions } from '../options.js'
import { LISTED } from '../providers/listed.js'
import type { Database } from '../store/database.js'
import { postgres } from '../store/postgres.js'
import { sqlite } from '../store/sqlite.js'
import { duration, list, needed, oneOf, parseDuration, port, Variables } from './variables.js'

/** What the environment says, ready for `createPayProxy` and `serve`. */
export interface Configured {
  options: PayProxyOptions
  host: string
  port: number
}

/** The same before anything is opened. */
export type Configuration = Omit<Configured, 'options'> & {
  options: Omit<PayProxyOptions, 'store' | 'log'> & { log: Logger }
  databaseUrl: string
  /** Variables with names like ours that change nothing. */
  ignored: readonly string[]
}

/** Which variable sets which option of ours, for the messages. */
const VARIABLE_OF: Record<string, string> = {
  publicUrl: 'PAY_PUBLIC_URL',
  origins: 'PAY_ORIGINS',
  secret: 'PAY_SECRET',
  'orders.secret': 'PAY_ORDER_SECRET',
  apiKey: 'PAY_API_KEY',
  lifetime: 'PAY_LIFETIME',
  grace: 'PAY_GRACE',
  querySchedule: 'PAY_QUERY_SCHEDULE',
  trustedProxies: 'PAY_TRUSTED_PROXIES',
  'webhook.url': 'PAY_WEBHOOK_URL',
  'webhook.secret': 'PAY_WEBHOOK_SECRET',
}

/**
 * Reads the environment variables of `pay-button-proxy` and opens the store they name. An empty
 * variable counts as not set.
 *
 * @throws {ConfigurationError} naming the variable that is missing or cannot be used.
 * @throws {StoreUnavailableError}
 */
export function configure(environment: Record<string, string | undefined>): Configured {
  const { databaseUrl, options, host, port } = readEnvironment(environment)
  return { host, port, options: { ...options, store: openStore(databaseUrl) } }
}

/** @throws {ConfigurationError} as `configure`, without opening anything. */
export function readEnvironment(environment: Record<string, string | undefined>): Configuration {
  const variables = new Variables(environment)
  const configuration = { ...read(variables), ignored: variables.ignored(FAMILIES) }
  try {
    checkOptions(configuration.options)
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error
    throw new ConfigurationError(variableOf(error.option), error.what)
  }
  checkPayerAddresses(configuration)
  return configuration
}

/** An option of a provider (`vexora-taiwan.baseUrl`) has its variable's name by rule. */
function variableOf(option: string): string {
  const [provider, name = ''] = option.split('.')
  const listed = LISTED.find(({ id }) => id === provider)
  return listed
    ? `${listed.prefix}_${name.replace(/[A-Z]/g, '_$&').toUpperCase()}`
    : (VARIABLE_OF[option] ?? option)
}

const FAMILIES = ['PAY_', ...LISTED.map(({ prefix }) => `${prefix}_`)]

function read(variables: Variables): Omit<Configuration, 'ignored'> {
  const apiKey = variables.get('PAY_API_KEY')
  const shopName = variables.get('PAY_SHOP_NAME')
  const schedule = variables.get('PAY_QUERY_SCHEDULE')
  const webhookUrl = variables.get('PAY_WEBHOOK_URL')
  return {
    host: variables.get('PAY_HOST') ?? '127.0.0.1',
    port: port(variables, 'PAY_PORT', 8787),
    databaseUrl: databaseUrl(variables),
    options: {
      mode: oneOf(variables, 'PAY_MODE', ['live', 'test']) ?? 'live',
      log: pino({ level: oneOf(variables, 'PAY_LOG_LEVEL', LOG_LEVELS) ?? 'info' }),
      publicUrl: needed(variables, 'PAY_PUBLIC_URL'),
      origins: list(needed(variables, 'PAY_ORIGINS'), ','),
      secret: list(needed(variables, 'PAY_SECRET'), ' '),
      orders: { secret: list(needed(variables, 'PAY_ORDER_SECRET'), ' ') },
      trustedProxies: list(variables.get('PAY_TRUSTED_PROXIES') ?? '', ','),
      // A provider with none of its variables is off.
      providers: LISTED.filter(({ prefix }) => variables.hasAny(`${prefix}_`)).map((listed) =>
        listed.read(variables),
      ),
      ...(apiKey ? { apiKey: list(apiKey, ' ') } : {}),
      ...(shopName ? { shopName } : {}),
      ...duration(variables, 'PAY_LIFETIME', 'lifetime'),
      ...duration(variables, 'PAY_GRACE', 'grace'),
      ...(schedule
        ? {
            querySchedule: list(schedule, ',').map((gap) =>
              parseDuration('PAY_QUERY_SCHEDULE', gap),
            ),
          }
        : {}),
      ...(webhookUrl
        ? { webhook: { url: webhookUrl, secret: needed(variables, 'PAY_WEBHOOK_SECRET') } }
        : {}),
    },
  }
}

export const SQLITE = 'sqlite:'
export const POSTGRES = /^postgres(?:ql)?:\/\//

function databaseUrl(variables: Variables): string {
  const url = variables.get('PAY_DATABASE_URL') ?? 'sqlite:./pay-button.db'
  const isSqlite = url.startsWith(SQLITE) && url !== SQLITE
  if (!isSqlite && !(POSTGRES.test(url) && URL.canParse(url))) {
    throw new ConfigurationError('PAY_DATABASE_URL', 'must be sqlite:PATH or postgres://…')
  }
  return url
}

/** @throws {StoreUnavailableError} */
export function openStore(url: string): Database {
  return POSTGRES.test(url) ? postgres(url) : sqlite(url.slice(SQLITE.length))
}

/**
 * Behind a proxy on the same machine every payer would have the proxy's address, and a provider
 * that limits payments by address would refuse them all.
 */
function checkPayerAddresses({ options, host }: Configuration): void {
  const isBehindProxy = new URL(options.publicUrl).protocol === 'https:' && isLoopbackHost(host)
  const tellsAddresses = options.providers.some((provider) => provider.payerIp)
  if (
    options.mode === 'live' &&
    isBehindProxy &&
    tellsAddresses &&
    !options.trustedProxies?.length
  ) {
    throw new ConfigurationError(
      'PAY_TRUSTED_PROXIES',
      'must name the proxy in front of PAY_HOST, or all payers would have its address',
    )
  }
}
