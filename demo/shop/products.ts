import type { Language, Worded } from './language.js'

/** A decimal string in major units. */
export interface Money {
  value: string
  currency: string
}

/** What the shop sells. */
export interface Product {
  id: string
  name: Worded
  detail: Worded
  price: Money
}

/** One in each currency, so that each provider has something to take. */
export const PRODUCTS: readonly Product[] = [
  {
    id: 'alishan-oolong',
    name: {
      en: 'Alishan high mountain oolong',
      'zh-TW': '阿里山高山烏龍茶',
      'zh-HK': '阿里山高山烏龍茶',
      'zh-CN': '阿里山高山乌龙茶',
      id: 'Oolong pegunungan tinggi Alishan',
    },
    detail: {
      en: '75 g of rolled leaves, picked in spring at 1,400 metres. Cream, orchid, a long finish.',
      'zh-TW': '75 公克球型茶葉，春季採自海拔 1,400 公尺。奶香、蘭花香，回甘悠長。',
      'zh-HK': '75 克球形茶葉，春季採自海拔 1,400 米。奶香、蘭花香，回甘悠長。',
      'zh-CN': '75 克球形茶叶，春季采自海拔 1,400 米。奶香、兰花香，回甘悠长。',
      id: '75 g daun gulung, dipetik musim semi di ketinggian 1.400 meter. Lembut, wangi anggrek.',
    },
    price: { value: '300', currency: 'TWD' },
  },
  {
    id: 'sun-moon-lake-black',
    name: {
      en: 'Sun Moon Lake black tea',
      'zh-TW': '日月潭紅茶',
      'zh-HK': '日月潭紅茶',
      'zh-CN': '日月潭红茶',
      id: 'Teh hitam Danau Sun Moon',
    },
    detail: {
      en: '50 g, whole leaf, sent abroad. Cinnamon and mint, no bitterness.',
      'zh-TW': '50 公克條型茶葉，寄送海外。肉桂與薄荷香，不苦澀。',
      'zh-HK': '50 克條形茶葉，寄送海外。肉桂與薄荷香，不苦澀。',
      'zh-CN': '50 克条形茶叶，寄送海外。肉桂与薄荷香，不苦涩。',
      id: '50 g daun utuh, dikirim ke luar negeri. Wangi kayu manis dan mint, tidak pahit.',
    },
    price: { value: '12.50', currency: 'USD' },
  },
  {
    id: 'java-jasmine',
    name: {
      en: 'Java jasmine tea',
      'zh-TW': '爪哇茉莉花茶',
      'zh-HK': '爪哇茉莉花茶',
      'zh-CN': '爪哇茉莉花茶',
      id: 'Teh melati Jawa',
    },
    detail: {
      en: '100 g from the slopes of Mount Slamet, scented with fresh jasmine three nights long.',
      'zh-TW': '100 公克，產自斯拉末火山山麓，以鮮茉莉花窨製三夜。',
      'zh-HK': '100 克，產自斯拉默特火山山麓，以鮮茉莉花窨製三夜。',
      'zh-CN': '100 克，产自斯拉默特火山山麓，以鲜茉莉花窨制三夜。',
      id: '100 g dari lereng Gunung Slamet, diharumkan melati segar selama tiga malam.',
    },
    price: { value: '85000', currency: 'IDR' },
  },
  {
    id: 'ripe-puer',
    name: {
      en: 'Ripe Pu’er, pressed',
      'zh-TW': '熟普洱茶餅',
      'zh-HK': '熟普洱茶餅',
      'zh-CN': '熟普洱茶饼',
      id: 'Teh Pu’er matang, dipres',
    },
    detail: {
      en: '100 g, aged ten years in Hong Kong. Dark, smooth, a little of camphor.',
      'zh-TW': '100 公克茶餅，於香港陳放十年。湯色深、滑順，微帶樟香。',
      'zh-HK': '100 克茶餅，在香港陳放十年。湯色深、順滑，微帶樟香。',
      'zh-CN': '100 克茶饼，在香港陈放十年。汤色深、顺滑，微带樟香。',
      id: '100 g, disimpan sepuluh tahun di Hong Kong. Pekat, lembut, sedikit wangi kamper.',
    },
    price: { value: '188', currency: 'HKD' },
  },
  {
    id: 'west-lake-green',
    name: {
      en: 'West Lake green tea',
      'zh-TW': '西湖龍井',
      'zh-HK': '西湖龍井',
      'zh-CN': '西湖龙井',
      id: 'Teh hijau Danau Barat',
    },
    detail: {
      en: '50 g of flat leaves, fired in the pan before the April rains. Chestnut, fresh grass.',
      'zh-TW': '50 公克扁形茶葉，明前手工炒製。栗香、鮮草香。',
      'zh-HK': '50 克扁形茶葉，明前手工炒製。栗香、鮮草香。',
      'zh-CN': '50 克扁形茶叶，明前手工炒制。栗香、鲜草香。',
      id: '50 g daun pipih, disangrai sebelum hujan April. Wangi kastanya dan rumput segar.',
    },
    price: { value: '128', currency: 'CNY' },
  },
]

export function productById(id: string): Product | undefined {
  return PRODUCTS.find((product) => product.id === id)
}

/** What several cost: counted in hundredths, never in floats. */
export function priceOf({ price }: Product, quantity: number): Money {
  const [whole = '', decimals = ''] = price.value.split('.')
  const sum = String(BigInt(whole + decimals.padEnd(2, '0')) * BigInt(quantity)).padStart(3, '0')
  const cents = sum.slice(-2)
  return { ...price, value: sum.slice(0, -2) + (cents === '00' ? '' : `.${cents}`) }
}

/** `NT$300`: without decimals if whole. In Taiwan `Intl` would write a bare `$`. */
export function shownPrice({ price }: { price: Money }, language: Language): string {
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
