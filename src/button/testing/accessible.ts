import 'axe-core'
import type { AxeResults } from 'axe-core'
import { expect } from 'chai'

declare const axe: { run(context: Element): Promise<AxeResults> }

/** Fails on anything that axe finds wrong with an element. */
export async function expectNoViolations(element: Element): Promise<void> {
  // What still fades in has too little contrast; what turns for ever has no end to wait for.
  for (const animation of element.shadowRoot?.getAnimations() ?? []) {
    if (animation.effect?.getComputedTiming().endTime !== Infinity) animation.finish()
  }
  const { violations } = await axe.run(element)
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html)}`),
  ).to.deep.equal([])
}
