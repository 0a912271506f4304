import type { Field } from './offer.js'
import type { FieldFault, FieldFaults } from './problem.js'

/** What a payer typed, by field name. Only `bankAccounts` is a list. */
export type PayerValues = Record<string, string | string[]>

/** One way of writing a payer field: how to ask for it, tidy it and check it. */
export interface PayerFormat {
  /** `<input type>`, and its `inputmode`. */
  type: 'text' | 'email' | 'tel'
  /** `autocomplete`, WHATWG HTML §4.10.18.7. */
  autocomplete: string
  /** Idempotent: a normalised value normalises to itself. */
  normalise(value: string): string
  /** The fault of a normalised value that is not empty. */
  fault(value: string): FieldFault | undefined
}

/** From a full-width form (U+FF01 to U+FF5E) to its ASCII character. */
const TO_ASCII = 0xfee0

function narrow(value: string, wide: RegExp): string {
  return value.replace(wide, (char) => String.fromCharCode(char.charCodeAt(0) - TO_ASCII))
}

/** Trims, and folds full-width digits and every Unicode dash to ASCII. */
function fold(value: string): string {
  return narrow(value, /[\uff10-\uff19]/g)
    .replace(/[\p{Pd}\u2212]/gu, '-')
    .trim()
}

/**
 * As `fold`, for what is ASCII and has no spaces: full-width letters and signs too, and without
 * the invisible marks of pasted contacts. Lone surrogates are marked first, as two of them would
 * become another character once what stands between them is gone.
 */
function foldCompact(value: string): string {
  return fold(narrow(value, /[\uff01-\uff5e]/g))
    .replace(/\p{Cs}/gu, '\ufffd')
    .replace(/[\s\p{Cf}]+/gu, '')
}

function foldPhone(value: string): string {
  return foldCompact(value).replace(/[-().]/g, '')
}

const matches =
  (pattern: RegExp) =>
  (value: string): FieldFault | undefined =>
    pattern.test(value) ? undefined : 'format'

/**
 * One line of text in any script. `=` and control characters are refused: Vexora joins its
 * signed pairs without a separator, so they could be read as another field. A lone surrogate has
 * no UTF-8 form, so what is signed and what is sent would differ.
 */
const LINE = /^[^=\p{Cc}\p{Cs}\u2028\u2029]+$/u

const line = (autocomplete: string): PayerFormat => ({
  type: 'text',
  autocomplete,
  normalise: fold,
  fault: matches(LINE),
})

/** WHATWG HTML's valid e-mail address, with a dotted domain and without `=` (see `LINE`). */
const EMAIL =
  /^[A-Za-z0-9.!#$%&'*+/?^_`{|}~-]+@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/

/** The formats that a `Field` can name: what the button and the proxy both run. */
export const payerFormats: Record<string, PayerFormat> = {
  'given-name': line('given-name'),
  'family-name': line('family-name'),
  'full-name': line('name'),
  address: line('street-address'),
  postcode: {
    ...line('postal-code'),
    normalise: foldCompact,
    fault: matches(/^[A-Za-z0-9-]+$/),
  },
  email: {
    type: 'email',
    autocomplete: 'email',
    normalise: foldCompact,
    fault: matches(EMAIL),
  },
  /** Ten digits from 0 (Vexora Taiwan): `+886 912-345-678` → `0912345678`. */
  'mobile-taiwan': {
    type: 'tel',
    autocomplete: 'tel',
    normalise: (value) => foldPhone(value).replace(/^(?:\+|00)?886(?=0?\d{9}$)0?/, '0'),
    fault: matches(/^0\d{9}$/),
  },
  /** With `+` or `00` and the country code, which is never guessed; kept as `+…`. */
  'mobile-international': {
    type: 'tel',
    autocomplete: 'tel',
    normalise: (value) => foldPhone(value).replace(/^00/, '+'),
    fault: (value) =>
      value.startsWith('+') ? matches(/^\+[1-9]\d{7,14}$/)(value) : 'country-code',
  },
  /** Bank code and account: `808-0358988888888`. */
  'bank-account-taiwan': {
    type: 'text',
    // No token is for this, and what a browser may keep of it others could see.
    autocomplete: 'off',
    normalise: normaliseBankAccount,
    fault: matches(/^\d{3}-\d{6,16}$/),
  },
}

/** A space may stand for the dash after the bank code; separators in the account are dropped. */
function normaliseBankAccount(value: string): string {
  return foldCompact(fold(value).replace(/^(\d{3})\s/, '$1-')).replace(
    /^(\d{3}-)(.*)$/,
    (_, code: string, account: string) => code + account.replaceAll('-', ''),
  )
}

/** The format that `field` names, or a plain line of text where this version does not know it. */
export function formatOf(field: Field): PayerFormat {
  return Object.hasOwn(payerFormats, field.format)
    ? (payerFormats[field.format] ?? line('off'))
    : line('off')
}

/** The first fault of one normalised value: required, country-code, format, too-short, too-long. */
export function fieldFault(field: Field, value: string): FieldFault | undefined {
  if (value === '') return field.required ? 'required' : undefined
  const fault = formatOf(field).fault(value)
  if (fault) return fault
  const length = [...value].length
  if (length < (field.minLength ?? 0)) return 'too-short'
  if (length > (field.maxLength ?? Infinity)) return 'too-long'
  return undefined
}

/**
 * Normalises what a payer typed, then checks it. Blank values are left out, blank items of a list
 * too; a list item's fault keeps the place it was typed in.
 */
export function checkPayer(
  fields: readonly Field[],
  typed: PayerValues,
): { payer: PayerValues; faults: FieldFaults } {
  const payer: PayerValues = {}
  const faults: [string, FieldFault][] = []
  const known = new Set(fields.map((field) => field.name))
  for (const name of Object.keys(typed)) {
    if (!known.has(name)) faults.push([name, 'unknown'])
  }
  for (const field of fields) {
    const value = Object.hasOwn(typed, field.name) ? typed[field.name] : undefined
    if (field.maxItems === undefined) {
      const text = typeof value === 'string' ? formatOf(field).normalise(value) : ''
      const fault = Array.isArray(value) ? 'format' : fieldFault(field, text)
      if (fault) faults.push([field.name, fault])
      else if (text !== '') payer[field.name] = text
    } else {
      const items = checkList(field, value ?? [], faults)
      if (items.length > 0) payer[field.name] = items
    }
  }
  return { payer, faults: Object.fromEntries(faults) }
}

function checkList(
  field: Field,
  value: string | string[],
  faults: [string, FieldFault][],
): string[] {
  if (!Array.isArray(value)) {
    faults.push([field.name, 'format'])
    return []
  }
  const items: string[] = []
  value.forEach((typed, index) => {
    const text = formatOf(field).normalise(typed)
    if (text === '') return
    const fault = fieldFault(field, text)
    if (fault) faults.push([`${field.name}.${index}`, fault])
    items.push(text)
  })
  if (items.length === 0 && field.required) faults.push([field.name, 'required'])
  if (items.length > (field.maxItems ?? Infinity)) faults.push([field.name, 'too-long'])
  return items
}
