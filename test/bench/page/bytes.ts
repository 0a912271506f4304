import { join } from 'node:path'
import type { Experiment, Figure, Measure } from '../harness/figure.js'
import { bundle, type Size, sizeOf } from './sizes.js'

const SCRIPT = join(process.cwd(), 'dist/script')

/** The parts of the script that a page has loaded by then, in English. */
const PARTS = {
  shell: /^pay-button\.js$/,
  redirect: /^(pay-button|checkout-.*|en-.*)\.js$/,
  code: /^(pay-button|checkout-.*|en-.*|pay-code-.*)\.js$/,
  all: /^[^@]*\.js$/,
} as const
type Part = keyof typeof PARTS

/** Bytes; none of them may be more. */
const BUDGETS: Partial<Record<Part, number>> = { shell: 10_000, redirect: 30_000, all: 48_000 }

const WHAT: Readonly<Record<Part, string>> = {
  shell: 'before intent',
  redirect: 'of a redirect payment',
  code: 'of a code payment',
  all: 'of every view and language',
}

const NOT_COUNTED = `Google's element: pay.js of pay.google.com, without which it draws nothing.
Adyen: its language's sentences, images and bar codes, from Adyen's hosts.
Braintree's Drop-in: its style sheet, and PayPal's and others' scripts, from their hosts.
pay-button: nothing; what a page loads comes from the shop's own proxy.
"pay-button from npm" is our package as a shop bundles it, by Vite as it comes, like the peers;
"ours" is the script that the proxy serves, by the same Vite with our own plug-ins.`

export const bytes: Experiment = {
  name: 'page/bytes',
  rounds: 1,
  figures: Object.assign({}, ...(Object.keys(PARTS) as Part[]).map(figuresOf)),
  async open({ folder }) {
    const names = ['google', 'adyen', 'adyen-redirect', 'braintree', 'package'] as const
    const built = new Map<string, Size>()
    for (const name of names) built.set(name, sizeOf(await bundle(name, folder)))
    const is =
      (name: (typeof names)[number], ...parts: Part[]): Measure =>
      async () => {
        const size = built.get(name)
        return size ? Object.assign({}, ...parts.map((part) => valuesOf(part, size))) : {}
      }
    return {
      ours: async () =>
        Object.assign(
          {},
          ...Object.entries(PARTS).map(([part, files]) =>
            valuesOf(
              part,
              sizeOf(SCRIPT, (file) => files.test(file)),
            ),
          ),
        ),
      peers: [
        { name: 'Google element, without pay.js', measure: is('google', 'shell') },
        { name: 'Adyen Redirect alone', measure: is('adyen-redirect', 'redirect') },
        {
          name: 'Adyen Drop-in, Redirect, Econtext, Doku',
          measure: is('adyen', 'redirect', 'code', 'all'),
        },
        { name: 'Braintree Drop-in', measure: is('braintree', 'all') },
        { name: 'pay-button from npm', measure: is('package', 'all') },
      ],
      notes: () => ({ 'What is not in the bytes': NOT_COUNTED }),
    }
  },
}

function figuresOf(part: Part): Record<string, Figure> {
  const budget = BUDGETS[part]
  const shared = { unit: 'bytes', better: 'lower' } as const
  return {
    [`${part} gzip`]: {
      ...shared,
      name: `${WHAT[part]}, gzip`,
      ...(budget ? { goal: { value: budget } } : {}),
    },
    [`${part} brotli`]: { ...shared, name: `${WHAT[part]}, brotli` },
  }
}

function valuesOf(part: string, { gzip, brotli }: Size): Record<string, number> {
  return { [`${part} gzip`]: gzip, [`${part} brotli`]: brotli }
}
