/** What the played proxy offers: every kind of channel, and the longest words that shops have. */

interface Field {
  name: string
  format: string
  required: boolean
  minLength?: number
  maxLength?: number
  maxItems?: number
}

export interface Channel {
  id: string
  kind: string
  flow: 'redirect' | 'code'
  label?: string
  operator: string
  fields: readonly Field[]
  ways?: readonly { code: string; label: string }[]
}

export interface Offer {
  amount: { value: string; currency: string }
  description?: string
  seller?: string
  channels: readonly Channel[]
  paid?: boolean
  test?: boolean
}

const field = (name: string, format: string, more: Partial<Field> = {}): Field => ({
  name,
  format,
  required: true,
  ...more,
})

const PERSON = [
  field('firstName', 'given-name'),
  field('lastName', 'family-name'),
  field('mobile', 'mobile-taiwan'),
  field('email', 'email', { maxLength: 64 }),
]

const EWALLET: Channel = {
  id: 'vexora-taiwan:EWALLET',
  kind: 'e-wallet',
  flow: 'redirect',
  operator: 'Vexora',
  fields: PERSON,
}

const STORE: Channel = {
  id: 'vexora-taiwan:STORE',
  kind: 'convenience-store',
  flow: 'redirect',
  operator: 'Vexora',
  fields: [...PERSON, field('postcode', 'postcode'), field('address', 'address')],
  ways: [
    { code: '711', label: '7-ELEVEN' },
    { code: 'FAMI', label: 'FamilyMart' },
  ],
}

const BANK: Channel = {
  id: 'vexora-taiwan:NET_BANKING',
  kind: 'bank-transfer',
  flow: 'redirect',
  operator: 'Vexora',
  fields: [...PERSON, field('bankAccounts', 'bank-account-taiwan', { maxItems: 5 })],
  ways: [{ code: 'BANK_TRANSFER', label: 'Bank transfer' }],
}

const CARD: Channel = {
  id: 'vexora-card:CARD',
  kind: 'card',
  flow: 'redirect',
  operator: 'Vexora',
  fields: [
    field('mobile', 'mobile-international'),
    field('email', 'email'),
    field('address', 'address', { required: false }),
  ],
}

const CODE_FIELDS = [field('fullName', 'full-name'), field('email', 'email')]

const codeChannel = (id: string, label: string, kind: string): Channel => ({
  id: `paycools:${id}`,
  kind,
  flow: 'code',
  label,
  operator: 'PayCools',
  fields: CODE_FIELDS,
})

const SELLER = 'Mistridge Tea'

export const TAIWAN: Offer = {
  amount: { value: '300', currency: 'TWD' },
  description: '阿里山高山烏龍茶 75 g',
  seller: SELLER,
  channels: [EWALLET, BANK, STORE],
}

export const INDONESIA: Offer = {
  amount: { value: '85000', currency: 'IDR' },
  description: 'Teh melati Jawa 100 g',
  seller: SELLER,
  channels: [
    codeChannel('ALFAMART_VA', 'Alfamart', 'convenience-store'),
    codeChannel('BNI_VA', 'BNI', 'virtual-account'),
    codeChannel('BRI_VA', 'BRI', 'virtual-account'),
  ],
}

export const ABROAD: Offer = {
  amount: { value: '12.50', currency: 'USD' },
  description: 'Sun Moon Lake black tea, 50 g',
  seller: SELLER,
  channels: [CARD],
}

/** What breaks a layout made for short words. */
export const LONG: Offer = {
  amount: { value: '999999999999.99', currency: 'USD' },
  description:
    'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft, a gift box of twelve teas with a pot, 兩百字的說明也要放得下不可以超出畫面',
  seller: 'The Honourable Company of Tea Merchants of the Misty Mountains (Overseas) Limited',
  channels: [{ ...STORE, operator: 'International Payments of Asia' }, CARD],
}
