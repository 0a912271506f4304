import process from 'node:process'
import { configure, createPayProxy } from 'pay-button-proxy'

const { options, host, port } = configure(process.env)
const pay = createPayProxy({
  ...options,
  clientIp: (_, info) => info.remoteAddr.hostname,
})
const server = Deno.serve({ hostname: host, port, onListen() {} }, pay.fetch)
Deno.addSignalListener('SIGTERM', async () => {
  await pay.close()
  await server.shutdown()
})
