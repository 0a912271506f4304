import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'

/**
 * The least that Node can do: `node bare.js <port> json <answer>` answers every request with that
 * text, once it has read it; `node bare.js <port> pipe <target>` pipes it there and back.
 */
const [port, kind, argument = ''] = process.argv.slice(2)
const agent = new Agent({ keepAlive: true })
const target = kind === 'pipe' ? new URL(argument) : undefined
const head = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(argument) }

createServer(target ? pipe : answer).listen(Number(port), '127.0.0.1')

function answer(incoming: IncomingMessage, response: ServerResponse): void {
  incoming.resume().once('end', () => response.writeHead(200, head).end(argument))
}

function pipe(incoming: IncomingMessage, response: ServerResponse): void {
  const { method, url: path, headers } = incoming
  const options = { agent, host: target?.hostname, port: target?.port, method, path, headers }
  const outgoing = request(options, (answered) => {
    response.writeHead(answered.statusCode ?? 502, answered.headers)
    answered.pipe(response)
  })
  incoming.pipe(outgoing)
}
