/** What the page in the preview says to the playground. */
export type FrameMessage =
  /** It stands; `order` is what its button was given. */
  | { kind: 'ready'; order: string }
  /** The button's dialog opened or closed. */
  | { kind: 'dialog'; isOpen: boolean }
  | { kind: 'event'; type: string; detail: Detail; at: number; canceled: boolean }

/** The members of the button's events that are worth a line. */
export interface Detail {
  channel?: string
  reason?: string
  payment?: { status: string; channel: string; reason?: string }
  error?: { code: string }
}
