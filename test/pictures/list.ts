import type { Language, Look } from '../everyone/wall.js'

/** What a picture is of. */
export interface Picture {
  state: string
  language: Language
  look: Look
  size: 'phone' | 'desktop'
}

const picture = (state: string, more: Partial<Picture> = {}): Picture => ({
  state,
  language: 'en',
  look: 'light',
  size: 'phone',
  ...more,
})

/** Forty at most: every part of the looks once, and each language and theme where it shows most. */
export const PICTURES: readonly Picture[] = [
  ...['button-test', 'button-disabled', 'button-waiting'].map((state) => picture(state)),
  ...['loading', 'channels', 'wallet', 'bank', 'faults', 'long'].map((state) => picture(state)),
  ...['limit', 'blocked', 'code-account', 'partial', 'paid'].map((state) => picture(state)),
  ...(['zh-TW', 'zh-HK', 'zh-CN', 'id'] as const).flatMap((language) =>
    ['store', 'code-store', 'refused'].map((state) => picture(state, { language })),
  ),
  ...['channels', 'faults', 'code-soon', 'unsure'].map((state) => picture(state, { look: 'dark' })),
  ...(['own', 'own-dark'] as const).flatMap((look) =>
    ['wallet', 'code-account'].map((state) => picture(state, { look })),
  ),
  ...['wallet', 'faults'].map((state) => picture(state, { look: 'forced' })),
  picture('code-account', { look: 'forced-dark' }),
  ...['wallet', 'code-account', 'expired'].map((state) => picture(state, { size: 'desktop' })),
]
