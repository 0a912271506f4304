import { configure, createPayProxy } from 'pay-button-proxy'

const { options, host, port } = configure(process.env)
const pay = createPayProxy({
  ...options,
  clientIp: (request, server) => server.requestIP(request)?.address,
})
const server = Bun.serve({
  hostname: host,
  port,
  // A wait is answered after 25 seconds; Bun's own limit is 10.
  idleTimeout: 60,
  fetch: pay.fetch,
})
process.once('SIGTERM', async () => {
  await pay.close()
  await server.stop()
})
