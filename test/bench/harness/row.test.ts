import { describe, expect, it } from 'vitest'
import type { Figure } from './figure.js'
import { failedRow, toRow } from './row.js'
import { quantile, slope, spread, summarise } from './statistics.js'

const rate: Figure = { name: 'a', unit: 'req/s', better: 'higher', goal: { ofFloor: 0.5 } }
const values = (ours: number[], floor: number[]) => ({
  ours,
  floor: { name: 'node:http', values: floor },
  peers: [],
})

describe('a row', () => {
  it('takes its ratio in each round, so that a slow round is slow for both', () => {
    const { ratios, verdict } = toRow(
      rate,
      values([60, 55, 50, 54, 57], [100, 100, 100, 90, 95]),
      0,
    )
    expect(ratios.floor?.median).toBe(0.6)
    expect(verdict).toBe('met')
  })

  it('misses its goal by the least', () => {
    expect(toRow(rate, values([49, 49], [100, 100]), 0).verdict).toBe('missed')
    const less: Figure = { name: 'a', unit: 'ms', better: 'lower', goal: { value: 50 } }
    expect(toRow(less, { ours: [50], peers: [] }, 0).verdict).toBe('met')
    expect(toRow(less, { ours: [51], peers: [] }, 0).verdict).toBe('missed')
  })

  it('passes nothing where its runs lie apart', () => {
    const row = toRow(rate, values([60, 90, 150, 60, 100], [100, 100, 100, 100, 100]), 0)
    expect(row).toMatchObject({ verdict: 'too noisy', why: expect.stringMatching(/apart/) })
  })

  it('does not mind what slows both sides of a round, nor how far apart those lie that all miss', () => {
    const slowed = toRow(rate, values([60, 30, 15, 62, 31], [100, 50, 25, 100, 50]), 0)
    expect(slowed.verdict).toBe('met')
    expect(toRow(rate, values([10, 20, 40, 10, 20], [100, 100, 100, 100, 100]), 0).verdict).toBe(
      'missed',
    )
  })

  it('passes nothing that is timed where others use the machine, and counts all the same', () => {
    const row = toRow(rate, values([60], [100]), 0.5)
    expect(row).toMatchObject({ verdict: 'too noisy', why: 'others use 50 % of the machine' })
    const bytes: Figure = { name: 'a', unit: 'bytes', better: 'lower', goal: { value: 10 } }
    expect(toRow(bytes, { ours: [10], peers: [] }, 0.5).verdict).toBe('met')
  })

  it('has no goal, or no floor to reach it at', () => {
    const figure: Figure = { name: 'a', unit: 'ms', better: 'lower' }
    expect(toRow(figure, { ours: [1], peers: [] }, 0).verdict).toBe('no goal')
    expect(toRow(rate, { ours: [1], peers: [] }, 0).verdict).toBe('failed')
    expect(failedRow(figure, 'no such port')).toMatchObject({
      verdict: 'failed',
      why: 'no such port',
    })
    expect(() => toRow(figure, { ours: [], peers: [] }, 0)).toThrow('nothing was measured')
  })
})

describe('statistics', () => {
  it('has medians and quartiles between values', () => {
    expect(summarise([4, 1, 3, 2])).toEqual({
      median: 2.5,
      least: 1,
      most: 4,
      quartiles: [1.75, 3.25],
    })
    expect(spread(summarise([4, 1, 3, 2]))).toBeCloseTo(0.6)
    expect(quantile([1, 2, 3], 0.99)).toBeCloseTo(2.98)
  })

  it('lays a line through points', () => {
    expect(
      slope([
        [0, 1],
        [1, 3],
        [2, 5],
      ]),
    ).toBeCloseTo(2)
    expect(
      slope([
        [0, 4],
        [1, 5],
        [2, 4],
      ]),
    ).toBeCloseTo(0)
  })
})
