import type { ReactiveController, ReactiveControllerHost } from 'lit'
import { type CloseReason, PayCloseEvent } from './events/pay-close.js'

interface Host extends ReactiveControllerHost, EventTarget {
  readonly renderRoot: DocumentFragment | HTMLElement
}

/** Opens and closes the one payment dialog of the page, and says why it closed. */
export class DialogController implements ReactiveController {
  static #shown: DialogController | undefined
  readonly #host: Host
  #open = false
  /** Whether what stands in it is drawn. */
  isDrawn = false

  constructor(host: Host) {
    this.#host = host
    host.addController(this)
  }

  get open(): boolean {
    return this.#open
  }

  /** Draws what stands in it, from now on at each update: pages of many draw it for none. */
  draw(): void {
    this.isDrawn = true
    this.#host.requestUpdate()
  }

  /** False where nothing would be drawn: a modal inside `display: none` only locks the page. */
  show(): boolean {
    const dialog = this.#dialog
    if (this.#open || !dialog) return this.#open
    DialogController.#shown?.close('api')
    dialog.tabIndex = -1
    dialog.showModal()
    // Or a browser gives the focus to whatever stands in it so far, such as the way to close it.
    dialog.focus()
    if (dialog.getClientRects().length === 0) {
      dialog.close()
      return false
    }
    this.#open = true
    DialogController.#shown = this
    // What was drawn before is seen in the next frame, which need not wait for another drawing.
    if (this.isDrawn) setTimeout(() => this.draw())
    else this.draw()
    return true
  }

  close(reason: CloseReason): void {
    if (!this.#open) return
    this.#open = false
    DialogController.#shown = undefined
    this.#dialog?.close()
    this.#host.requestUpdate()
    this.#host.dispatchEvent(new PayCloseEvent(reason))
  }

  /** The browser closed it: Escape, or the back gesture. */
  closedByBrowser(reason: CloseReason): void {
    if (!this.#dialog?.open) this.close(reason)
  }

  /** What had the focus may be gone with the state that it was of; not if it only moves on. */
  hostUpdated(): void {
    const root = this.#host.renderRoot as ShadowRoot
    setTimeout(() => {
      if (this.#open && !root.activeElement) this.#dialog?.focus()
    })
  }

  hostDisconnected(): void {
    this.close('removed')
  }

  get #dialog(): HTMLDialogElement | null {
    return this.#host.renderRoot?.querySelector('dialog')
  }
}
