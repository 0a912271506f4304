import type { TransportFault } from '../core/answer-fault.js'
import type { CodeFault, Spoilt } from '../core/serve-call.js'
import { type Answer, refused } from './answer.js'

/** An answer that says something wrong in PayCools' words. */
type MessageFault =
  | CodeFault<number>
  /** Another `transactionStatus`, such as `COMPLETE`. */
  | { kind: 'status'; status: string }

export type PayCoolsAnswerFault = TransportFault | MessageFault

/** The answer in the words that `fault` wants, and the fault that is left for its way back. */
export function spoil(answer: Answer, fault: PayCoolsAnswerFault | undefined): Spoilt {
  switch (fault?.kind) {
    case 'code':
      return { answer: refused(fault.code, 'refused by a fault switch') }
    case 'status':
      return { answer: { ...answer, data: { ...answer.data, transactionStatus: fault.status } } }
    default:
      return { answer, transport: fault }
  }
}
