/** How a payer knows a thing on the screen: by what it is and what is written on it. */
export interface Query {
  /** As assistive technology names it. */
  role?: Role
  /** A part of its name, or of its text where it has no role; a pattern for anything else. */
  name?: string | RegExp
  /** For what has neither. */
  selector?: string
}

const SELECTORS = {
  button: 'button, [role=button], summary',
  checkbox: 'input[type=checkbox]',
  dialog: 'dialog',
  heading: 'h1, h2, h3, h4, h5, h6',
  link: 'a[href]',
  listitem: 'li',
  log: '[role=log]',
  radio: 'input[type=radio]',
  status: '[role=status]',
  textbox: 'input:not([type=radio], [type=checkbox], [type=hidden]), textarea',
  timer: '[role=timer]',
} as const

export type Role = keyof typeof SELECTORS

/** What runs in the page: it sees into shadow roots, and only what is rendered. */
function findAll(selector: string, source: string, flags: string): Element[] {
  const pattern = new RegExp(source, flags)
  const tidy = (text: string | null | undefined) => (text ?? '').replace(/\s+/g, ' ').trim()
  const everything = (root: ParentNode): Element[] =>
    [...root.querySelectorAll('*')].flatMap((element) => [
      element,
      ...(element.shadowRoot ? everything(element.shadowRoot) : []),
    ])
  const nameOf = (element: Element) => {
    const labels = [...((element as HTMLInputElement).labels ?? [])]
    const own = element.getAttribute('aria-label')
    return tidy(own ?? (labels.map((label) => label.textContent).join(' ') || element.textContent))
  }
  const found = everything(document).filter(
    (element) =>
      element.matches(selector) && element.checkVisibility() && pattern.test(nameOf(element)),
  )
  // What only holds the thing is not the thing.
  return selector === '*'
    ? found.filter((outer) => !found.some((inner) => inner !== outer && outer.contains(inner)))
    : found
}

/** An expression for the elements that answer `query`, in the page's order. */
export function findExpression({ role, name = '', selector }: Query): string {
  const pattern = typeof name === 'string' ? new RegExp(literal(name), 'i') : name
  const wanted = role ? SELECTORS[role] : (selector ?? '*')
  const args = [wanted, pattern.source, pattern.flags].map((text) => JSON.stringify(text))
  return `(${findAll})(${args})`
}

/** The pattern that matches `text` and nothing else. */
export function exactly(text: string): RegExp {
  return new RegExp(`^${literal(text)}$`)
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

export function describeQuery({ role, name = '', selector }: Query): string {
  return [role ?? selector ?? 'text', name && String(name)].filter(Boolean).join(' ')
}
