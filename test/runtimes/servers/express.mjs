import express from 'express'
import { configure, createPayProxy } from 'pay-button-proxy'
import { listener } from 'pay-button-proxy/node'

const { options, host, port } = configure(process.env)
const pay = createPayProxy(options)
const app = express()
// Before what reads bodies: a notification is verified as it came.
app.all('/pay/*path', listener(pay))
app.use(express.json())
app.get('/', (_, response) => response.send('the shop'))
const server = app.listen(port, host)
process.once('SIGTERM', async () => {
  await pay.close()
  server.close()
})
