import { configure, createPayProxy } from 'pay-button-proxy'
import { serve } from 'pay-button-proxy/node'

const { options, host, port } = configure(process.env)
const listening = await serve(createPayProxy(options), { host, port })
process.once('SIGTERM', () => void listening.close())
