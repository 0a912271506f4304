import { execFile } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Webhook } from 'standardwebhooks'
import { expect, test } from 'vitest'
import { freePort } from '../free-port.js'
import { start } from './harness.js'
import { closeAfterTest } from './lifecycle.js'

const PROGRAM = new URL('../../src/proxy/bin/pay-button-proxy.js', import.meta.url).pathname
const WEBHOOK_SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'

interface Checked {
  code: number
  stdout: string
  stderr: string
}

/** A shop's, a provider's, or anybody's server; gone after the test. */
async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closeAfterTest(async () => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const answers = (status: number) => serve((_, response) => response.writeHead(status).end())

/** Of a proxy that nobody has started, at a provider that answers. */
async function environment(): Promise<Record<string, string>> {
  return {
    PATH: process.env.PATH ?? '',
    PAY_MODE: 'test',
    PAY_PUBLIC_URL: `http://127.0.0.1:${await freePort()}/pay`,
    PAY_ORIGINS: 'http://localhost:8080',
    PAY_SECRET: 'b0c9d3a8f24e4d07a5f3f3d9d5b2c871',
    PAY_ORDER_SECRET: '0f1e5ad1c5a94c2f9be6e2f8c0a7d364',
    PAY_DATABASE_URL: `sqlite:${join(folder(), 'pay.db')}`,
    VEXORA_TAIWAN_BASE_URL: await answers(404),
    VEXORA_TAIWAN_MERCHANT_NO: '9990000001',
    VEXORA_TAIWAN_APP_SECRET: 'app-secret-unseen',
  }
}

function folder(): string {
  return mkdtempSync(join(tmpdir(), 'pay-check-'))
}

async function check(env: Record<string, string>, ...args: string[]): Promise<Checked> {
  const { PWD: cwd = folder(), ...others } = env
  try {
    const run = promisify(execFile)('node', [PROGRAM, 'check', ...args], { env: others, cwd })
    return { code: 0, ...(await run) }
  } catch (error) {
    return error as Checked
  }
}

/** The line about something. */
function line({ stdout }: Checked, about: string): string {
  return stdout.split('\n').find((each) => each.includes(` ${about} `)) ?? stdout
}

test('of what is well it says so, and makes nothing', async () => {
  const { url } = await start()
  const file = join(folder(), 'pay.db')
  const env = {
    ...(await environment()),
    PAY_PUBLIC_URL: url,
    PAY_DATABASE_URL: `sqlite:${file}`,
  }
  const checked = await check(env)
  expect(checked.code).toBe(0)
  expect(line(checked, 'PAY_PUBLIC_URL')).toMatch(/^ok .* is answered by this proxy$/)
  expect(checked.stdout).toMatch(/^ok +vexora-taiwan +its base answers$/m)
  expect(line(checked, 'PAY_DATABASE_URL')).toMatch(/^ok .* will be made by the first start$/)
  expect(existsSync(file)).toBe(false)
})

test('the tag that holds a page to this release is there to copy', async () => {
  const integrities: Record<string, string> = JSON.parse(
    readFileSync(new URL('../../dist/integrity.json', import.meta.url), 'utf8'),
  )
  const [[name, integrity] = []] = Object.entries(integrities)
  expect(integrity).toMatch(/^sha384-[\w+/]{64}$/)
  const env = { ...(await environment()), PAY_PUBLIC_URL: 'http://localhost:1/pay/' }
  expect((await check(env, '--offline')).stdout).toContain(
    `<script type="module" src="http://localhost:1/pay/${name}" integrity="${integrity}" crossorigin></script>`,
  )
})

test('that nothing serves yet is no fault; something else in its place is', async () => {
  const env = await environment()
  expect(line(await check(env), 'PAY_PUBLIC_URL')).toMatch(/^note .* nothing serves there yet/)
  const other = await check({ ...env, PAY_PUBLIC_URL: `${await answers(200)}/pay` })
  expect(line(other, 'PAY_PUBLIC_URL')).toMatch(/^warning .* something else answers there/)
})

test('a proxy that was told another address is not this one', async () => {
  const { url } = await start()
  const { port } = new URL(url)
  const env = { ...(await environment()), PAY_PUBLIC_URL: `http://localhost:${port}/pay` }
  expect(line(await check(env), 'PAY_PUBLIC_URL')).toContain(`a proxy that thinks it is ${url}`)
})

test('names a base that cannot be reached, and asks nobody when told so', async () => {
  const env = {
    ...(await environment()),
    VEXORA_TAIWAN_BASE_URL: `http://127.0.0.1:${await freePort()}`,
  }
  const checked = await check(env)
  expect(checked.code).toBe(0)
  expect(checked.stdout).toMatch(/^warning +vexora-taiwan +its base refuses connections/m)
  expect(await check(env, '--strict')).toMatchObject({ code: 1 })
  expect((await check(env, '--offline')).stdout).not.toContain('base')
  expect(await check(env, '--online')).toMatchObject({ code: 2, stdout: '' })
})

test('a base whose clock is another one', async () => {
  const base = await serve((_, response) => {
    response.setHeader('date', new Date(Date.now() - 120_000).toUTCString())
    response.end()
  })
  const checked = await check({ ...(await environment()), VEXORA_TAIWAN_BASE_URL: base })
  expect(checked.stdout).toMatch(/^warning +vexora-taiwan +by its clock ours is 1[12]\d s ahead$/m)
})

test('an https: base with a certificate that nobody vouches for', async () => {
  const base = (await answers(200)).replace('http:', 'https:')
  const checked = await check({ ...(await environment()), VEXORA_TAIWAN_BASE_URL: base })
  expect(checked.stdout).toMatch(/^warning +vexora-taiwan +its base does not speak TLS/m)
})

const verifying = (secret: string): RequestListener => {
  const webhook = new Webhook(secret)
  return async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    try {
      webhook.verify(body, request.headers as Record<string, string>)
      response.writeHead(204).end()
    } catch {
      response.writeHead(401).end()
    }
  }
}

test.each<[string, RequestListener, RegExp]>([
  ['verifies', verifying(WEBHOOK_SECRET), /^ok .* takes what we sign/],
  [
    'has another secret',
    verifying('whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD'),
    /^warning .* answers 401 to a ping that PAY_WEBHOOK_SECRET signed/,
  ],
  [
    'verifies nothing',
    (_, response) => response.end(),
    /^warning .* took a message with a wrong signature \(200\)/,
  ],
  ['is not there', (_, response) => response.writeHead(404).end(), /^warning .* answers 404/],
  ['sends elsewhere', (_, response) => response.writeHead(308).end(), /^warning .* answers 308/],
])('a webhook that %s', async (_, listener, expected) => {
  const env = {
    ...(await environment()),
    PAY_WEBHOOK_URL: await serve(listener),
    PAY_WEBHOOK_SECRET: WEBHOOK_SECRET,
  }
  expect(line(await check(env), 'PAY_WEBHOOK_URL')).toMatch(expected)
})

test('a shop that never answers is waited for, and not for long', async () => {
  const env = {
    ...(await environment()),
    PAY_WEBHOOK_URL: await serve(() => {}),
    PAY_WEBHOOK_SECRET: WEBHOOK_SECRET,
  }
  expect(line(await check(env), 'PAY_WEBHOOK_URL')).toContain('does not answer within 3 s')
})

test('a database that cannot be written is an error', async () => {
  const file = join(folder(), 'pay.db')
  writeFileSync(file, 'not a database, and long enough to be none'.repeat(100))
  chmodSync(file, 0o600)
  const checked = await check({ ...(await environment()), PAY_DATABASE_URL: `sqlite:${file}` })
  expect(checked.code).toBe(1)
  expect(line(checked, 'PAY_DATABASE_URL')).toMatch(/^error .* cannot be written/)
  const nowhere = { ...(await environment()), PAY_DATABASE_URL: 'sqlite:/no/such/folder/pay.db' }
  expect(await check(nowhere)).toMatchObject({ code: 1 })
})

test('reads .env of the working folder, where the real environment does not say otherwise', async () => {
  const { PATH = '', ...others } = await environment()
  const cwd = folder()
  const lines = Object.entries(others).map(([name, value]) => `${name}='${value}'`)
  writeFileSync(join(cwd, '.env'), `# all of it\n${lines.join('\n')}\n`)
  const checked = await check({ PATH, PWD: cwd }, '--offline')
  expect(checked).toMatchObject({ code: 0, stdout: expect.stringContaining('test mode') })
  const overruled = await check({ PATH, PWD: cwd, PAY_PORT: 'none' }, '--offline')
  expect(overruled).toMatchObject({
    code: 1,
    stderr: 'pay-button-proxy: PAY_PORT must be a port number\n',
  })
})
