import { expect } from 'chai'
import { nextTask, turn } from './turns.js'

const { now } = performance

describe('a turn', () => {
  afterEach(() => {
    performance.now = now
  })

  it('is had at once, until a task has been at it for long enough', async () => {
    await nextTask()
    let time = 0
    performance.now = () => time
    expect(turn()).to.equal(undefined)
    time = 15
    expect(turn()).to.equal(undefined)
    time = 16
    const later = turn()
    expect(later).to.be.a('promise')
    let isInLaterTask = false
    const task = nextTask().then(() => {
      isInLaterTask = true
    })
    await later
    expect(isInLaterTask).to.equal(false, 'no task was waited for that began after this one')
    expect(turn()).to.equal(undefined)
    await task
  })
})
