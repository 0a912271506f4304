import type { Field } from '../../contract/offer.js'
import type { PayerForm } from '../checkout/payer-form.js'
import { banks } from './banks.js'

/** A bank account as it is asked for, in two inputs. */
export type Part = 'code' | 'account'
export const PARTS: readonly Part[] = ['code', 'account']

/** What stands in one account's inputs, as typed, and the faults that are shown beside them. */
export interface AccountRow {
  code: string
  account: string
  faults: Partial<Record<Part, string>>
}

const PATTERNS: Record<Part, RegExp> = { code: /^\d{3}$/, account: /^\d{6,16}$/ }
/** Three digits, anything, an account number with its separators; no digit but these. */
const ONE_ACCOUNT = /^\D*(\d{3})(?!\d)\D*(\d[\d\s\p{Pd}\u2212]*\d)\D*$/u
const knownCodes = new Set(banks.map(([code]) => code))

/** A payer's bank accounts: two inputs each here, `808-0358988888888` in the form. */
export class AccountRows {
  readonly #form: PayerForm
  readonly #field: Field
  #faults: object | undefined
  readonly rows: AccountRow[]

  constructor(form: PayerForm, field: Field) {
    this.#form = form
    this.#field = field
    this.rows = form.values(field.name).map((value) => {
      const [code = '', ...rest] = value.split('-')
      return { code, account: rest.join('-'), faults: {} }
    })
  }

  /** Takes the faults that the form shows since the last look: after a press, or from the proxy. */
  look(): void {
    const { faults } = this.#form
    if (faults === this.#faults) return
    this.#faults = faults
    this.rows.forEach((row, index) => {
      const { name } = this.#field
      const fault = faults[`${name}.${index}`] ?? (index ? undefined : faults[name])
      row.faults = fault ? this.#faultsOf(row) : {}
      // The proxy found what is none here.
      if (fault && !Object.keys(row.faults).length) row.faults = { account: 'told' }
    })
  }

  /** Takes what is typed. A fault goes once it is mended; another one waits for `leave`. */
  write(row: AccountRow, part: Part, text: string): void {
    row[part] = text
    if (this.#faultsOf(row)[part] !== row.faults[part]) delete row.faults[part]
    this.#store()
  }

  /** Fills both inputs from a text that has both; false where it is not surely one account. */
  fill(row: AccountRow, text: string): boolean {
    const parts = this.#split(text, row.code)
    if (!parts) return false
    Object.assign(row, parts, { faults: {} })
    this.#store()
    return true
  }

  /** Tidies an account that the payer left, and shows its faults; a blank one has none yet. */
  leave(row: AccountRow): void {
    this.tidy(row)
    row.faults = row.code || row.account ? this.#faultsOf(row) : {}
  }

  /** Tidies what the payer left of an account. */
  tidy(row: AccountRow): void {
    Object.assign(row, this.#joined(row) ?? this.#tidied(row))
    this.#store()
  }

  add(): void {
    this.rows.push({ code: '', account: '', faults: {} })
    this.#store()
  }

  remove(row: AccountRow): void {
    this.rows.splice(this.rows.indexOf(row), 1)
    this.#store()
  }

  get isFull(): boolean {
    return this.rows.length >= (this.#field.maxItems ?? 1)
  }

  #store(): void {
    const values = this.rows.map((row) => {
      const { code, account } = this.#joined(row) ?? row
      return code || account ? `${code}-${account}` : ''
    })
    this.#form.type(this.#field, values)
  }

  /** The whole account where it was typed into one of the inputs. */
  #joined({ code, account }: AccountRow): Record<Part, string> | undefined {
    return this.#split(account, code) ?? (account ? undefined : this.#split(code, ''))
  }

  #faultsOf(row: AccountRow): AccountRow['faults'] {
    const tidied = this.#tidied(this.#joined(row) ?? row)
    const bad = PARTS.filter((part) => !PATTERNS[part].test(tidied[part]))
    return Object.fromEntries(bad.map((part) => [part, tidied[part] ? 'format' : 'required']))
  }

  /** Each input's text as the contract's normaliser would leave it. */
  #tidied({ code, account }: Record<Part, string>): Record<Part, string> {
    return {
      code: this.#form.tidy(this.#field, code),
      account: this.#form.tidy(this.#field, `000-${account}`).slice(4),
    }
  }

  /**
   * Code and account out of one text such as `玉山銀行 (808) 0358-9888-88888`. An account number
   * alone may have groups of three digits too: only a known bank's code is taken for one, and none
   * in place of a code that was entered, unless all is written as `808-0358988888888`.
   */
  #split(text: string, entered: string): Record<Part, string> | undefined {
    const found = ONE_ACCOUNT.exec(text.normalize('NFKC').trim())
    const [whole = '', code = '', digits = ''] = found ?? []
    const account = digits.replace(/\D/g, '')
    if (!PATTERNS.account.test(account)) return undefined
    const isPlain = /^\d+[\p{Pd}\u2212]\d+$/u.test(whole)
    const isEntered = PATTERNS.code.test(entered)
    const isKnown = knownCodes.has(code)
    const isSure = isEntered ? code === entered || (isPlain && isKnown) : isPlain || isKnown
    return isSure ? { code, account } : undefined
  }
}
