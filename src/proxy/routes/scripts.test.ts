import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { openResources } from '../http/resource.js'
import { assets } from '../scripts/assets.generated.js'
import { scriptRoutes } from './scripts.js'

const silent = { info() {}, warn() {}, error() {} }

test.each([
  ['a request of the platform', {}, 'br'],
  ["a request of Next.js's, which would lose the header", { nextUrl: {} }, null],
])('%s', async (_, more, coding) => {
  const app = new Hono()
  scriptRoutes(openResources(app, silent), assets)
  const request = new Request('https://pay.shop.example/pay-button.js', {
    headers: { 'accept-encoding': 'gzip, br' },
  })
  const { headers, body } = await app.fetch(Object.assign(request, more))
  const size = (await new Response(body).arrayBuffer()).byteLength
  expect([headers.get('content-encoding'), Number(headers.get('content-length'))]).toEqual([
    coding,
    size,
  ])
  expect(size > 20_000).toBe(coding === null)
})
