import { expect } from 'chai'
import { nextTask, turn } from './turns.js'

describe('a turn', () => {
  it('is had at once by ten, and by the others in the tasks that follow', async () => {
    await nextTask()
    const order: string[] = []
    const take = async (index: number): Promise<void> => {
      const later = turn()
      if (!later) order.push(`${index}`)
      else await later.then(() => take(index))
    }
    const all = Promise.all(Array.from({ length: 25 }, (_, index) => take(index)))
    const inTurn = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, index) => `${from + index}`)
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
