/** What all events of the button have in common: they leave shadow roots. */
export abstract class PayEvent<Detail> extends Event {
  readonly detail: Detail

  constructor(type: string, detail: Detail, cancelable = false) {
    super(type, { bubbles: true, composed: true, cancelable })
    this.detail = detail
  }
}
