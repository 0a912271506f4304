import { type SandboxContext, sendAnswer, type TransportFault } from './answer-fault.js'

/** An answer that is refused on purpose, whoever the provider is. */
export interface CodeFault<Code> {
  kind: 'code'
  code: Code
  /** `true` takes the order all the same. */
  taken?: boolean
}

/** How one call is answered, rightly and wrongly. */
export interface Call<Answer extends object, Fault extends { kind: string }> {
  fault: Fault | undefined
  /** The right answer; the call has its effect. */
  answer(): Answer | Promise<Answer>
  /** The answer to a call that was left without effect. */
  ignored(): Answer
  /** The answer in the words that the fault wants, and the fault that is left for its way back. */
  spoil(answer: Answer, fault: Fault | undefined): Spoilt
  closed: AbortSignal
}

export interface Spoilt {
  answer: object
  transport?: TransportFault | undefined
}

/** Answers a call rightly, or as its fault wants it. */
export async function serveCall<Answer extends object, Fault extends { kind: string }>(
  c: SandboxContext,
  call: Call<Answer, Fault>,
): Promise<Response> {
  const right = takesEffect(call.fault) ? await call.answer() : call.ignored()
  const { answer, transport } = call.spoil(right, call.fault)
  return sendAnswer(c, answer, transport, call.closed)
}

/** Whether the call has its effect before its answer goes wrong. */
function takesEffect(fault: { kind: string; taken?: boolean } | undefined): boolean {
  return fault?.taken ?? fault?.kind !== 'code'
}
