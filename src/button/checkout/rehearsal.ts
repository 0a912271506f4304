import { nextTask } from '../turns.js'
import type { CheckoutHost } from './checkout.js'

/**
 * Draws what will stand in a button's dialog and has it laid out once, unseen: the fonts that this
 * loads are most of what a press would wait for. Each in a task of its own, as a press may come
 * meanwhile.
 */
export async function rehearse(host: CheckoutHost): Promise<void> {
  const { dialog } = host
  await nextTask()
  if (dialog.isDrawn) return
  dialog.draw()
  await host.updateComplete
  await nextTask()
  const element = host.renderRoot.querySelector('dialog')
  if (dialog.open || !element) return
  // No frame comes between, and where it is fixed it makes the page no longer.
  element.style.cssText = 'display: block; position: fixed'
  element.getClientRects()
  element.style.cssText = ''
}
