import { Agent } from 'node:http'
import httpProxy from 'http-proxy'

/** `http-proxy` as its users have it in front of a server: `node http-proxy.mjs <port> <target>`. */
const [port, target] = process.argv.slice(2)
httpProxy
  .createProxyServer({ target, agent: new Agent({ keepAlive: true }) })
  .listen(Number(port), '127.0.0.1')
