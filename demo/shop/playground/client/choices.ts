/** What can be chosen depends on the order. */
import { controlOf } from './form.js'

/** What this currency's provider cannot do cannot be chosen. */
export function fitToCurrency(form: HTMLFormElement): void {
  const currency = controlOf(form, 'currency').value
  for (const option of form.querySelectorAll<HTMLOptionElement>('option[data-only]')) {
    const { only = '' } = option.dataset
    option.disabled = only !== '' && !only.includes(currency)
    if (option.disabled && option.selected) option.selected = false
  }
}

/** Offers the ids of the order's channels to the attribute that takes one. */
export async function offerChannels(payUrl: string, token: string): Promise<void> {
  const list = document.getElementById('channel-known')
  const answer = await fetch(`${payUrl}/orders/${encodeURIComponent(token)}`).catch(() => undefined)
  const offer: unknown = answer?.ok ? await answer.json() : {}
  const { channels = [] } = offer as { channels?: { id: string }[] }
  list?.replaceChildren(...channels.map(({ id }) => new Option(id, id)))
}
