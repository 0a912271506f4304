const NAME = 'payment'

function pageWithout(): URL {
  const page = new URL(location.href)
  page.searchParams.delete(NAME)
  return page
}

/** The payment that a return page named in the page's address, or null. */
export function returnedPayment(): string | null {
  return new URLSearchParams(location.search).get(NAME)
}

/** Takes the payment out of the page's address, without a new entry in the history. */
export function forgetReturned(): void {
  history.replaceState(history.state, '', pageWithout())
}

/** This page, taking up a payment where one is named. */
export function addressOf(payment: string | undefined): URL {
  const page = pageWithout()
  if (payment) page.searchParams.set(NAME, payment)
  return page
}

/** Where a return page leads: this page. Undefined where it has no address on the web. */
export function returnAddress(): string | undefined {
  const page = pageWithout()
  page.hash = ''
  return page.protocol.startsWith('http') ? page.href : undefined
}
