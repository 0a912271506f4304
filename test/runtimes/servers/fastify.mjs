import fastify from 'fastify'
import { configure, createPayProxy } from 'pay-button-proxy'
import { listener } from 'pay-button-proxy/node'

const { options, host, port } = configure(process.env)
const pay = createPayProxy(options)
const listen = listener(pay)
const app = fastify({ forceCloseConnections: true })
app.register(async (scope) => {
  // A notification is verified as it came: nothing of Fastify's may read the body.
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser('*', (_, __, done) => done(null))
  scope.all('/pay/*', (request, reply) => {
    reply.hijack()
    return listen(request.raw, reply.raw)
  })
})
app.get('/', () => 'the shop')
await app.listen({ host, port })
process.once('SIGTERM', async () => {
  await pay.close()
  await app.close()
})
