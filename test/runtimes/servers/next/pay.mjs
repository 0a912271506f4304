import { configure, createPayProxy } from 'pay-button-proxy'

function open() {
  const { options } = configure(process.env)
  return createPayProxy({
    ...options,
    // Next.js writes the socket's address there. Behind another proxy, take the hop that it adds.
    clientIp: (request) => request.headers.get('x-forwarded-for')?.split(',').at(-1)?.trim(),
  })
}

// One for the process: Next.js loads a route's modules more than once. Building opens no database.
const shared = Symbol.for('pay')
export const pay = () => {
  globalThis[shared] ??= open()
  return globalThis[shared]
}
