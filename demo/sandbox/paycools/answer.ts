/** What PayCools answers: `code` tells of the call, `data.transactionStatus` of the payment. */
export interface Answer {
  code: number
  message: string
  data: CodeData | null
}

/** The same for both calls. */
export interface CodeData {
  transactionId: string
  /** `yyyy-MM-dd HH:mm:ss` in Jakarta, as all times here. */
  transactionCreateTime: string
  transactionReturnTime: string | null
  transactionAmount: number
  transactionStatus: string
  remark: string | null
  paymentCode: {
    mchOrderId: string
    channelCode: string
    referenceNumber: string
    expireTime: string | null
  }
}

export const CALL_OK = 10000

/** Codes of the same platform in Malaysia; Indonesia's own page of codes is not public. */
export const CODE = {
  signature: 21001,
  parameter: 21002,
  appId: 21003,
  channel: 21005,
  notFound: 21006,
  repeatedOrder: 21007,
  timestampWrong: 21008,
  timestampExpired: 21009,
  amount: 21010,
} as const

/** A call refused; the message tells the mistake and holds no value of the request. */
export class Refusal extends Error {
  override readonly name = 'Refusal'

  constructor(
    readonly reason: keyof typeof CODE,
    message: string,
  ) {
    super(message)
  }
}

export function accepted(data: CodeData): Answer {
  return { code: CALL_OK, message: 'Success', data }
}

export function refused(code: number, message: string): Answer {
  return { code, message, data: null }
}
