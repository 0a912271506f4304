import type { Worded } from './language.js'

/** What the shop sells. Prices are decimal strings in major units. */
export interface Product {
  id: string
  name: Worded
  detail: Worded
  price: { value: string; currency: string }
}

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
]

export function productById(id: string): Product | undefined {
  return PRODUCTS.find((product) => product.id === id)
}

/** `NT$300`, without decimals if whole. `Intl` would write `$300.00` in Taiwan. */
export function shownPrice({ price }: Product): string {
  const amount = price.value.replace(/\B(?=(\d{3})+(?!\d))/g, ',')
  return price.currency === 'TWD' ? `NT$${amount}` : `${price.currency} ${amount}`
}
