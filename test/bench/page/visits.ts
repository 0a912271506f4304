import { median } from '../harness/statistics.js'

type Values = Readonly<Record<string, number>>

/** The medians of several visits, one after the other: a page's times swing more than a server's. */
export async function medianOf(visits: number, visit: () => Promise<Values>): Promise<Values> {
  const values: Record<string, number[]> = {}
  for (let done = 0; done < visits; done += 1) {
    for (const [key, value] of Object.entries(await visit())) {
      values[key] = [...(values[key] ?? []), value]
    }
  }
  return Object.fromEntries(Object.entries(values).map(([key, each]) => [key, median(each)]))
}
