import { expect } from 'chai'
import { nextTask, turn } from './turns.js'

describe('a turn', () => {
  const takeAll = (order: string[], count: number) => {
    const take = async (index: number): Promise<void> => {
      const later = turn()
      if (!later) order.push(`${index}`)
      else await later.then(() => take(index))
    }
    return Promise.all(Array.from({ length: count }, (_, index) => take(index)))
  }
  const inTurn = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, index) => `${from + index}`)

  it('is had at once by three of a page, and by ten in the task that follows', async () => {
    const order: string[] = []
    const all = takeAll(order, 13)
    expect(order).to.deep.equal(inTurn(0, 3))
    void nextTask().then(() => order.push('another task'))
    await all
    expect(order).to.deep.equal(inTurn(0, 13))
  })

  it('is had at once by ten later, and by the others in the tasks that follow', async () => {
    await nextTask()
    const order: string[] = []
    const all = takeAll(order, 25)
    expect(order).to.deep.equal(inTurn(0, 10))
    void nextTask().then(() => order.push('another task'))
    await all
    expect(order).to.deep.equal([
      ...inTurn(0, 10),
      ...inTurn(10, 20),
      'another task',
      ...inTurn(20, 25),
    ])
  })
})
