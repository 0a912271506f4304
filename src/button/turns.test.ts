import { expect } from 'chai'
import { nextTask, noteMade, turn } from './turns.js'

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

  const make = (count: number) => {
    for (let made = 0; made < count; made += 1) noteMade()
  }

  beforeEach(nextTask)

  it('is had at once by the three that a task makes', async () => {
    const order: string[] = []
    make(3)
    const all = takeAll(order, 3)
    expect(order).to.deep.equal(inTurn(0, 3))
    await all
  })

  it('is had by none in a task that makes more, and by ten in the task that follows', async () => {
    const order: string[] = []
    make(13)
    const all = takeAll(order, 13)
    expect(order).to.deep.equal([])
    void nextTask().then(() => order.push('another task'))
    await all
    expect(order).to.deep.equal([...inTurn(0, 10), 'another task', ...inTurn(10, 13)])
  })

  it('is had at once by ten made before, and by the others in the tasks that follow', async () => {
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
