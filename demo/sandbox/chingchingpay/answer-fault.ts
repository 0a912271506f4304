import type { TransportFault } from '../core/answer-fault.js'
import type { CodeFault, Spoilt } from '../core/serve-call.js'
import { type Answer, refused } from './answer.js'

/** An answer that says something wrong in ChingChingPay's shape. */
type MessageFault =
  | CodeFault<number>
  /** Other facts than the right ones, such as a status in a word of its own. */
  | { kind: 'data'; data: Record<string, string | number> }
  /** Another payment link, such as `javascript:alert(1)`. */
  | { kind: 'link'; url: string }
  /** The status under the name that direct transactions have for it, `result`. */
  | { kind: 'result' }

export type ChingChingPayAnswerFault = TransportFault | MessageFault

/** The answer in the words that `fault` wants, and the fault that is left for its way back. */
export function spoil(answer: Answer, fault: ChingChingPayAnswerFault | undefined): Spoilt {
  switch (fault?.kind) {
    case 'code':
      return { answer: refused(fault.code, 'refused by a fault switch') }
    case 'data':
      return { answer: { ...answer, data: { ...answer.data, ...fault.data } } }
    case 'link':
      return { answer: { ...answer, data: { ...answer.data, payment_link: fault.url } } }
    case 'result': {
      const { status, ...rest } = answer.data ?? {}
      return { answer: { ...answer, data: { ...rest, result: status } } }
    }
    default:
      return { answer, transport: fault }
  }
}
