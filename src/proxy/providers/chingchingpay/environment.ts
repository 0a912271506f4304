import { CURRENCY } from '../../../contract/money.js'
import { hosts, list, needed, oneOf, word } from '../../environment/variables.js'
import { ConfigurationError } from '../../options.js'
import type { ListedProvider } from '../listed-provider.js'
import { chingchingpay } from './index.js'
import { SIGN_ENCODINGS } from './signature.js'
import { MEANINGS, type Meaning, type StatusMap } from './statuses.js'

export const listedChingChingPay: ListedProvider = {
  id: 'chingchingpay',
  prefix: 'CHINGCHINGPAY',
  read(variables) {
    const currencies = variables.get('CHINGCHINGPAY_CURRENCIES')
    const signEncoding = oneOf(variables, 'CHINGCHINGPAY_SIGN_ENCODING', SIGN_ENCODINGS)
    const successCode = variables.get('CHINGCHINGPAY_SUCCESS_CODE')
    const statusMap = variables.get('CHINGCHINGPAY_STATUS_MAP')
    return chingchingpay({
      baseUrl: needed(variables, 'CHINGCHINGPAY_BASE_URL'),
      apiKey: word(variables, 'CHINGCHINGPAY_API_KEY'),
      apiSecret: needed(variables, 'CHINGCHINGPAY_API_SECRET'),
      merchantId: needed(variables, 'CHINGCHINGPAY_MERCHANT_ID'),
      storeId: variables.get('CHINGCHINGPAY_STORE_ID'),
      paymentType: oneOf(variables, 'CHINGCHINGPAY_PAYMENT_TYPE', ['link', 'checkout']),
      cashierHosts: hosts(variables, 'CHINGCHINGPAY_CASHIER_HOSTS'),
      confirmed: oneOf(variables, 'CHINGCHINGPAY_CONFIRMED', ['1', '0']) === '1',
      ...(currencies ? { currencies: parseCurrencies(currencies) } : {}),
      ...(signEncoding ? { signEncoding } : {}),
      ...(successCode ? { successCode } : {}),
      ...(statusMap ? { statusMap: parseStatusMap(statusMap) } : {}),
    })
  },
}

function parseCurrencies(text: string): string[] {
  const currencies = list(text, ',')
  if (!currencies.every((currency) => CURRENCY.test(currency))) {
    throw new ConfigurationError('CHINGCHINGPAY_CURRENCIES', 'must be written like HKD,CNY')
  }
  return currencies
}

/** Words for refunds are allowed and mean nothing: no payment steps back. */
const REFUNDED = 'refunded'

/** `paid=success,paid;failed=fail`: the provider's words for each meaning. */
function parseStatusMap(text: string): StatusMap {
  const map: Partial<Record<Meaning, string[]>> = {}
  for (const entry of list(text, ';')) {
    const [name = '', words = ''] = entry.split('=').map((part) => part.trim())
    const meaning = MEANINGS.find((each) => each === name)
    if ((!meaning && name !== REFUNDED) || words === '') {
      throw new ConfigurationError(
        'CHINGCHINGPAY_STATUS_MAP',
        'must be written like paid=success,paid;failed=fail',
      )
    }
    if (meaning) map[meaning] = list(words.toLowerCase(), ',')
  }
  return map
}
