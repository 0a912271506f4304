import type { TemplateResult } from 'lit'
import type { LoadedWords } from '../language.js'
import type { Checkout } from './checkout.js'
import { endingView, loadEndingWords } from './ending-view.js'

/** What the dialog says and offers where a payment neither is to be made nor simply goes on. */
export interface ShownEnding {
  /** What happened. */
  title: string
  /** What that means for the money, and what to do next. */
  details: TemplateResult
  /** The buttons, or what else can be done. */
  body: TemplateResult
}

const asked = new WeakSet<LoadedWords>()

/** Whether where things stand needs one of the rare sentences. */
export function isEnding({ session, channels }: Checkout): boolean {
  const { flow, preview, offer, fault } = session
  const { payment } = flow
  switch (flow.phase) {
    case 'submitting':
      return false
    case 'waiting':
      return !!flow.unsure || payment?.status === 'needs_review'
    case 'paid':
      return payment?.status !== 'succeeded' || payment.reason === 'duplicate'
    case 'failed':
      return true
    case 'idle':
      return !!(preview?.paid || flow.fault || (offer ? !channels.length : fault))
  }
}

/**
 * The ending that stands. Its words load when one is first to be shown: undefined until then and
 * where they can't be had, as offline.
 */
export function endingOf(checkout: Checkout): ShownEnding | undefined {
  if ('check' in checkout.words) return endingView(checkout)
  void load(checkout)
  return undefined
}

async function load({ words, language, host }: Checkout): Promise<void> {
  if (asked.has(words)) return
  asked.add(words)
  try {
    Object.assign(words, await loadEndingWords(language))
    host.requestUpdate()
  } catch {
    // The plain sentences stand in; the next change tries again.
    asked.delete(words)
  }
}
