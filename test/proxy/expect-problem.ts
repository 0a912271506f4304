import { expect } from 'vitest'
import { PROBLEMS, type Problem, type ProblemCode } from '../../src/contract/problem.js'

/** Holds an answer to the whole form of a problem and gives its body. */
export async function expectProblem(
  answer: Response | Promise<Response>,
  code: ProblemCode,
  status: number = PROBLEMS[code].status,
): Promise<Problem> {
  const response = await answer
  const problem = (await response.json()) as Problem
  expect([response.status, problem.code]).toEqual([status, code])
  expect(problem).toMatchObject({
    type: 'about:blank',
    title: expect.any(String),
    status,
    detail: expect.any(String),
  })
  expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json\b/)
  expect(response.headers.get('cache-control')).toBe('no-store')
  if (status === 429 || status === 503) {
    expect(response.headers.get('retry-after')).toMatch(/^[1-9]\d*$/)
  }
  return problem
}
