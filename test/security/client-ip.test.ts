import { expect, test } from 'vitest'
import { nodeClientIp } from '../../src/proxy/http/client-ip.js'
import { WebRequest } from '../../src/proxy/http/web-request.js'
import { lastOrder, NO_IP_LIMITS, start } from '../proxy/harness.js'

const ask = (trusted: string[], socket: string, forwarded?: string) =>
  nodeClientIp(trusted)(
    new WebRequest(
      new Request('https://pay.shop.example/', {
        headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
      }),
      { incoming: { socket: { remoteAddress: socket } } },
    ),
  )

const FRONT = '10.0.0.1'
const CDN = '192.0.2.0/24'

test.each<[string, string[], string, string | undefined, string | undefined]>([
  ['nobody is believed', [], '198.51.100.7', '203.0.113.9', '198.51.100.7'],
  ['a stranger is not believed', [FRONT], '198.51.100.7', '203.0.113.9', '198.51.100.7'],
  ['the proxy in front is', [FRONT], FRONT, '203.0.113.9', '203.0.113.9'],
  ['what the payer wrote lies further left', [FRONT], FRONT, '8.8.8.8, 203.0.113.9', '203.0.113.9'],
  [
    'a payer who names our proxies',
    [FRONT],
    FRONT,
    `8.8.8.8, ${FRONT}, 203.0.113.9`,
    '203.0.113.9',
  ],
  ['two hops of ours', [FRONT, CDN], FRONT, '8.8.8.8, 203.0.113.9, 192.0.2.5', '203.0.113.9'],
  ['a hop that is no address', [FRONT], FRONT, '203.0.113.9, unknown', undefined],
  ['an address with a port', [FRONT], FRONT, '203.0.113.9:1234', undefined],
  ['an empty hop', [FRONT], FRONT, '203.0.113.9,', undefined],
  ['an address in another base', [FRONT], FRONT, '0xcb.0.0x71.9', '203.0.113.9'],
  ['IPv4 inside of IPv6', [FRONT], `::ffff:${FRONT}`, '::ffff:203.0.113.9', '203.0.113.9'],
  ['only hops of ours', [FRONT], FRONT, FRONT, FRONT],
  ['no hop at all', [FRONT], FRONT, undefined, FRONT],
])('%s', (_, trusted, socket, forwarded, expected) => {
  expect(ask(trusted, socket, forwarded)).toBe(expected)
})

test('other headers of its kind are not read', () => {
  const headers = {
    forwarded: 'for=203.0.113.9',
    'x-real-ip': '203.0.113.9',
    'cf-connecting-ip': '203.0.113.9',
    'x-client-ip': '203.0.113.9',
    'true-client-ip': '203.0.113.9',
  }
  const request = new Request('https://pay.shop.example/', { headers })
  const env = { incoming: { socket: { remoteAddress: FRONT } } }
  expect(nodeClientIp([FRONT])(new WebRequest(request, env))).toBe(FRONT)
})

test('ten thousand hops are read in no time', () => {
  const began = performance.now()
  ask([FRONT, CDN], FRONT, Array(10_000).fill(FRONT).join(','))
  expect(performance.now() - began).toBeLessThan(1_000)
})

test('a payer who names another address still spends his own', async () => {
  const { pay, orders, sandbox } = await start({ sandbox: NO_IP_LIMITS.sandbox })
  const statuses: number[] = []
  for (let at = 0; at < 11; at += 1) {
    orders.set(`B-${at}`, { id: `B-${at}`, amount: { value: '300', currency: 'TWD' } })
    const answer = await pay({ order: `B-${at}` }, { 'x-forwarded-for': `203.0.113.${at}` })
    statuses.push(answer.status)
  }
  expect(statuses).toEqual([...Array(10).fill(201), 429])
  expect(lastOrder(sandbox).fields.ipAddress).toBe('127.0.0.1')
})
