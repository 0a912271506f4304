import type { Language, Worded } from './language.js'

/** What the shop sells. Prices are decimal strings in major units. */
export interface Product {
  id: string
  name: Worded
  detail: Worded
  price: { value: string; currency: string }
}

/** One in each currency, so that each provider has something to take. */
export const PRODUCTS: readonly Product[] = [
  {
    id: 'alishan-oolong',
    name: { en: 'Alishan high mountain oolong', 'zh-Hant': '阿里山高山烏龍茶' },
    detail: {
      en: '75 g of rolled leaves, picked in spring at 1,400 metres. Cream, orchid, a long finish.',
      'zh-Hant': '75 公克球型茶葉，春季採自海拔 1,400 公尺。奶香、蘭花香，回甘悠長。',
    },
    price: { value: '300', currency: 'TWD' },
  },
  {
    id: 'sun-moon-lake-black',
    name: { en: 'Sun Moon Lake black tea', 'zh-Hant': '日月潭紅茶' },
    detail: {
      en: '50 g, whole leaf, sent abroad. Cinnamon and mint, no bitterness.',
      'zh-Hant': '50 公克條型茶葉，寄送海外。肉桂與薄荷香，不苦澀。',
    },
    price: { value: '12.50', currency: 'USD' },
  },
  {
    id: 'java-jasmine',
    name: { en: 'Java jasmine tea', 'zh-Hant': '爪哇茉莉花茶' },
    detail: {
      en: '100 g from the slopes of Mount Slamet, scented with fresh jasmine three nights long.',
      'zh-Hant': '100 公克，產自斯拉末火山山麓，以鮮茉莉花窨製三夜。',
    },
    price: { value: '85000', currency: 'IDR' },
  },
  {
    id: 'ripe-puer',
    name: { en: 'Ripe Pu’er, pressed', 'zh-Hant': '熟普洱茶餅' },
    detail: {
      en: '100 g, aged ten years in Hong Kong. Dark, smooth, a little of camphor.',
      'zh-Hant': '100 公克茶餅，於香港陳放十年。湯色深、滑順，微帶樟香。',
    },
    price: { value: '188', currency: 'HKD' },
  },
  {
    id: 'west-lake-green',
    name: { en: 'West Lake green tea', 'zh-Hant': '西湖龍井' },
    detail: {
      en: '50 g of flat leaves, fired in the pan before the April rains. Chestnut, fresh grass.',
      'zh-Hant': '50 公克扁形茶葉，明前手工炒製。栗香、鮮草香。',
    },
    price: { value: '128', currency: 'CNY' },
  },
]

export function productById(id: string): Product | undefined {
  return PRODUCTS.find((product) => product.id === id)
}

/** `NT$300`: without decimals if whole. In Taiwan `Intl` would write a bare `$`. */
export function shownPrice({ price }: Product, language: Language): string {
  const { value, currency } = price
  const digits = value.includes('.') ? 2 : 0
  const shown = new Intl.NumberFormat(language, {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(Number(value))
  return currency === 'TWD' ? shown.replace(/^(NT)?\$/, 'NT$') : shown
}
