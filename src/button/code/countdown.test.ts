import { expect } from 'chai'
import { Countdown, formatLeft, spokenMark } from './countdown.js'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const host = { addController() {}, requestUpdate() {}, removeController() {} } as never

describe('Countdown', () => {
  it('goes by the server’s clock, however wrong the device’s is', () => {
    const countdown = new Countdown(host)
    countdown.set('2030-01-01T00:10:00Z', '2030-01-01T00:00:00Z')
    expect(countdown.left).to.be.closeTo(10 * MINUTE, SECOND)
  })

  it('ends at zero, and counts nothing without an end', () => {
    const countdown = new Countdown(host)
    countdown.set('2030-01-01T00:00:00Z', '2030-01-01T00:00:01Z')
    expect(countdown.left).to.equal(0)
    countdown.set(null, '2030-01-01T00:00:01Z')
    expect(countdown.left).to.equal(undefined)
  })
})

describe('formatLeft', () => {
  const cases: [number, string, string][] = [
    [0, 'en', '00:00'],
    [9 * SECOND + 999, 'en', '00:09'],
    [59 * MINUTE + 59 * SECOND, 'en', '59:59'],
    [HOUR, 'en', '01:00:00'],
    [DAY - SECOND, 'en', '23:59:59'],
    [DAY + HOUR, 'en', '1 day 01:00:00'],
    [2 * DAY + 3 * HOUR + 4 * MINUTE + 5 * SECOND, 'en', '2 days 03:04:05'],
    [2 * DAY, 'zh-Hant', '2 天 00:00:00'],
  ]
  for (const [left, language, text] of cases) {
    it(`${text} (${language})`, () => {
      expect(formatLeft(left, language)).to.equal(text)
    })
  }
})

describe('spokenMark', () => {
  const cases: [number, number | undefined][] = [
    [3 * MINUTE + 1, undefined],
    [3 * MINUTE, 3 * MINUTE],
    [MINUTE + 1, 3 * MINUTE],
    [MINUTE, MINUTE],
    [30 * SECOND, 30 * SECOND],
    [0, 30 * SECOND],
  ]
  for (const [left, mark] of cases) {
    it(`at ${left} ms: ${mark}`, () => {
      expect(spokenMark(left)).to.equal(mark)
    })
  }
})
