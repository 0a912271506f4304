import { CHANNEL_KINDS } from '../../../contract/offer.js'
import { list, needed, oneOf } from '../../environment/variables.js'
import { ConfigurationError } from '../../options.js'
import type { ListedProvider } from '../listed-provider.js'
import { type PayCoolsChannel, paycools } from './index.js'
import { KeyUnreadableError } from './keys.js'
import { SIGN_ALGORITHMS } from './signature.js'

export const listedPayCools: ListedProvider = {
  id: 'paycools',
  prefix: 'PAYCOOLS',
  read(variables) {
    const channels = variables.get('PAYCOOLS_CHANNELS')
    const signAlgorithm = oneOf(variables, 'PAYCOOLS_SIGN_ALGORITHM', SIGN_ALGORITHMS)
    const options = {
      baseUrl: needed(variables, 'PAYCOOLS_BASE_URL'),
      appId: needed(variables, 'PAYCOOLS_APP_ID'),
      privateKey: needed(variables, 'PAYCOOLS_PRIVATE_KEY'),
      publicKey: needed(variables, 'PAYCOOLS_PUBLIC_KEY'),
      biller: variables.get('PAYCOOLS_BILLER'),
      ...(channels ? { channels: list(channels, ',').map(parseChannel) } : {}),
      ...(signAlgorithm ? { signAlgorithm } : {}),
    }
    try {
      return paycools(options)
    } catch (error) {
      if (!(error instanceof KeyUnreadableError)) throw error
      throw new ConfigurationError(`PAYCOOLS_${error.which.toUpperCase()}_KEY`, error.what)
    }
  },
}

/** `ALFAMART_VA:Alfamart:convenience-store`; a channel without a kind is a virtual account. */
function parseChannel(text: string): PayCoolsChannel {
  const [code = '', label = '', word = 'virtual-account'] = text
    .split(':')
    .map((part) => part.trim())
  const kind = CHANNEL_KINDS.find((each) => each === word)
  if (!/^\w{1,64}$/.test(code) || !kind) {
    throw new ConfigurationError(
      'PAYCOOLS_CHANNELS',
      'must be written like ALFAMART_VA:Alfamart:convenience-store,BNI_VA:BNI',
    )
  }
  return { code, label: label || code, kind }
}
