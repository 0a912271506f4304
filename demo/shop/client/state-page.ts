/**
 * The script of a state's page: plays its payer by the button's own parts, and then says so on the
 * root element, in `data-shown`.
 */

/** `data-play` of the button. */
interface Play {
  payer?: { channel?: string; types?: Record<string, string>; confirms?: boolean }
  isClosed?: boolean
  blocksWindows?: boolean
}

interface Button extends HTMLElement {
  readonly shadowRoot: ShadowRoot
  readonly offer?: object
  open(): void
}

// What an earlier visit left would be taken up again.
sessionStorage.clear()

const button = document.querySelector<Button>('pay-button')
if (button) void play(button, JSON.parse(button.dataset.play ?? '{}') as Play)

async function play(button: Button, { payer, isClosed, blocksWindows }: Play): Promise<void> {
  if (blocksWindows) window.open = () => null
  await customElements.whenDefined('pay-button')
  // The payment that the page came back to stands before anything can be pressed.
  if (location.search.includes('payment=')) await appears(() => button.getAttribute('state'))
  if (!isClosed) button.open()
  if (payer) await playPayer(button, payer)
  document.documentElement.dataset.shown = ''
}

async function playPayer(
  button: Button,
  { channel, types = {}, confirms }: NonNullable<Play['payer']>,
) {
  const root = button.shadowRoot
  if (channel) (await appears(() => find(root, `input[value="${channel}"]`))).click()
  for (const [name, text] of Object.entries(types)) {
    const input = await appears(() => find<HTMLInputElement>(root, `input[name="${name}"]`))
    input.value = text
    input.dispatchEvent(new InputEvent('input', { bubbles: true }))
  }
  if (confirms) (await appears(() => find(root, '[part=submit]'))).click()
}

function find<Kind extends HTMLElement>(root: ShadowRoot, selector: string): Kind | null {
  return root.querySelector<Kind>(selector)
}

/** What `look` gives, in the first frame in which it gives something. */
async function appears<Result>(look: () => Result): Promise<NonNullable<Result>> {
  for (;;) {
    const result = look()
    if (result) return result
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

export {}
