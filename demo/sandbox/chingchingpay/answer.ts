/** What ChingChingPay answers. */
export interface Answer {
  code: number
  message: string
  data: Record<string, string | number> | null
}

/** The documents' example; nothing says that it stands for success. */
const CALL_OK = 0

/**
 * Codes of refused calls. ChingChingPay's own are not readable: these are the sandbox's INVENTION,
 * and nobody should build on them.
 */
export const INVENTED_CODE = {
  badField: 40001,
  repeatedReference: 40002,
  unknownKey: 40101,
  badSignature: 40102,
  notFound: 40401,
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

export function accepted(data: Answer['data']): Answer {
  return { code: CALL_OK, message: 'success', data }
}

export function refused(code: number, message: string): Answer {
  return { code, message, data: null }
}
