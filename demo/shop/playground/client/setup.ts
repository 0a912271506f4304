/** What a query string says of the button, by the names of the form's controls. */
export interface Setup {
  /** Names and values; an empty value is a boolean's. */
  attributes: Pairs
  tokens: Pairs
  /** By the slot's name; the default one's is empty. */
  slots: Pairs
  /** `strings`: sentences by their keys. */
  sentences: Pairs
  /** The page's `color-scheme`, where it says one. */
  scheme: string
}

export type Pairs = readonly (readonly [name: string, value: string])[]

export function readSetup(query: URLSearchParams): Setup {
  const all = [...query]
  const under = (prefix: string): Pairs =>
    all.flatMap(([name, value]) =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), value] as const] : [],
    )
  return {
    attributes: under('attr.'),
    tokens: all.filter(([name]) => name.startsWith('--')),
    slots: under('slot.'),
    sentences: under('strings.'),
    scheme: query.get('scheme') ?? '',
  }
}
