import { createServer, type IncomingMessage } from 'node:http'
import { answer } from '../harness/processes.js'

/** One payment as the provider knows it. */
export interface Noted {
  /** The shop's. */
  order: string
  tradeNo: string
  /** The provider's own. */
  reference: string
}

/**
 * A provider that answers as fast as Node can: each call gets a number of its own and a link, in
 * the shape of the card route's answers, whatever it asked for. Told to, it also notes which
 * number of ours stands for which order.
 */
const [port] = process.argv.slice(2)
/** Longer than any run: a connection that is closed just as it is used again would end a peer. */
const AN_HOUR = 3_600_000
const LINK = 'https://cashier.example/pay/8f2c1d'
let calls = 0
let isNoting = false
let noted: Noted[] = []

createServer({ keepAliveTimeout: AN_HOUR }, (request, response) => {
  calls += 1
  const reference = `P${calls}`
  const body = `{"msg":"success","code":"0000","timestamp":1763712000000,"success":true,"data":{"platFormTradeNo":"${reference}","status":"0015","paymentUrl":"${LINK}"}}`
  const head = { 'content-type': 'application/json', 'content-length': body.length }
  const end = () => response.writeHead(200, head).end(body)
  if (isNoting) void note(request, reference).then(end)
  else request.resume().once('end', end)
}).listen(Number(port), '127.0.0.1')

async function note(request: IncomingMessage, reference: string): Promise<void> {
  let text = ''
  for await (const chunk of request.setEncoding('utf8')) text += chunk
  const { remark, tradeNo } = JSON.parse(text) as { remark?: string; tradeNo: string }
  if (remark) noted.push({ order: remark, tradeNo, reference })
}

answer(async (message: 'note' | 'take' | 'calls') => {
  if (message === 'calls') return calls
  isNoting = message === 'note'
  const taken = noted
  noted = []
  return taken
})
