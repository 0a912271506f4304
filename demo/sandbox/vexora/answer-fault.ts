import type { TransportFault } from '../core/answer-fault.js'
import type { CodeFault, Spoilt } from '../core/serve-call.js'
import { type Answer, refused } from './answer.js'

/** An answer that says something wrong in Vexora's words. */
type MessageFault =
  | CodeFault<string>
  /** Another `data.status`, such as `00029`. */
  | { kind: 'status'; status: string }
  /** Another cashier link, such as `javascript:alert(1)`. */
  | { kind: 'link'; url: string }
  /** The link in the field that the documents' table names, `paymentLink`, not `paymentUrl`. */
  | { kind: 'payment-link' }
  /** `timestamp` and `success` as strings, as the documents' table has them. */
  | { kind: 'strings' }

export type VexoraAnswerFault = TransportFault | MessageFault

/** The answer in the words that `fault` wants, and the fault that is left for its way back. */
export function spoil(answer: Answer, fault: VexoraAnswerFault | undefined): Spoilt {
  switch (fault?.kind) {
    case 'code':
      return { answer: refused(answer.timestamp, fault.code, 'refused by a fault switch') }
    case 'status':
      return { answer: { ...answer, data: { ...answer.data, status: fault.status } } }
    case 'link':
      return { answer: { ...answer, data: { ...answer.data, paymentUrl: fault.url } } }
    case 'payment-link': {
      const { paymentUrl, ...rest } = answer.data ?? {}
      return { answer: { ...answer, data: { ...rest, paymentLink: paymentUrl } } }
    }
    case 'strings': {
      const { timestamp, success } = answer
      return { answer: { ...answer, timestamp: String(timestamp), success: String(success) } }
    }
    default:
      return { answer, transport: fault }
  }
}
