import type { HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { pause } from './pause.js'

/** `taken: false` leaves the call without any effect; by default only its answer is spoilt. */
interface Taken {
  taken?: boolean
}

/** An answer that goes wrong on its way, whoever the provider is. */
export type TransportFault =
  /** A page of a gateway in front of the provider; status 200 if left out. */
  | ({ kind: 'html'; status?: ContentfulStatusCode } & Taken)
  | ({ kind: 'empty' } & Taken)
  | ({ kind: 'http-status'; status: ContentfulStatusCode } & Taken)
  | ({ kind: 'redirect'; location: string } & Taken)
  /** The connection is reset instead of an answer. */
  | ({ kind: 'reset' } & Taken)
  | { kind: 'delay'; ms: number }
  /** The right answer with this many bytes more in it. */
  | { kind: 'huge'; bytes: number }
  /** Whatever JSON cannot say by itself: repeated keys, `300.0000`, a cut body. */
  | { kind: 'text'; edit: (text: string) => string }

export type SandboxContext = Context<{ Bindings: HttpBindings }>

const GATEWAY_PAGE = '<!doctype html><title>Maintenance</title><h1>We will be back soon</h1>'

/** Sends `answer` as JSON, or what `fault` makes of it. */
export async function sendAnswer(
  c: SandboxContext,
  answer: object,
  fault: TransportFault | undefined,
  closed: AbortSignal,
): Promise<Response> {
  switch (fault?.kind) {
    case undefined:
      return c.json(answer)
    case 'html':
      return c.html(GATEWAY_PAGE, fault.status ?? 200)
    case 'empty':
      return c.body('')
    case 'http-status':
      return c.json(answer, fault.status)
    case 'redirect':
      return c.redirect(fault.location, 302)
    case 'reset':
      c.env.incoming.socket.resetAndDestroy()
      return RESPONSE_ALREADY_SENT
    case 'delay':
      await pause(fault.ms, closed)
      return c.json(answer)
    case 'huge':
      return c.json({ ...answer, padding: ' '.repeat(fault.bytes) })
    case 'text':
      return c.body(fault.edit(JSON.stringify(answer)), 200, { 'Content-Type': 'application/json' })
  }
}
