import 'axe-core'
import type { AxeResults } from 'axe-core'
import { expect } from 'chai'

declare const axe: { run(context: Element): Promise<AxeResults> }

/** Fails on anything that axe finds wrong with an element. */
export async function expectNoViolations(element: Element): Promise<void> {
  const { violations } = await axe.run(element)
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html)}`),
  ).to.deep.equal([])
}
