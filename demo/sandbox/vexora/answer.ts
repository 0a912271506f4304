/** What Vexora answers: `code` tells of the call, `data.status` of the order. */
export interface Answer {
  msg: string
  code: string
  /** The documents' table says string, their example number. */
  timestamp: number
  success: boolean
  data: Record<string, string> | null
}

export const CALL_OK = '0000'

/** The state of an order, `data.status`. Note the five characters of `FAILED`. */
export const STATUS = {
  PAID: '0000',
  PARTLY_PAID: '0001',
  PAYING: '0015',
  FAILED: '00029',
} as const

/**
 * Codes of refused calls. Vexora's own are not published: these are the sandbox's INVENTION, and
 * nobody should build on them. They keep clear of every code that is documented.
 */
export const INVENTED_CODE = {
  unreadable: '9001',
  unknownMerchant: '9002',
  badSignature: '9003',
  badField: '9004',
  staleTimestamp: '9005',
  repeatedTradeNo: '9006',
  ipLimit: '9007',
  unknownTradeNo: '9008',
} as const

/** A call refused; the message tells the mistake and holds no value of the request. */
export class Refusal extends Error {
  override readonly name = 'Refusal'

  constructor(
    readonly reason: keyof typeof INVENTED_CODE,
    message: string,
  ) {
    super(message)
  }
}

export function accepted(now: number, data: Record<string, string>): Answer {
  return { msg: 'success', code: CALL_OK, timestamp: now, success: true, data }
}

export function refused(now: number, code: string, message: string): Answer {
  return { msg: message, code, timestamp: now, success: false, data: null }
}
