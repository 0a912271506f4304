import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { freePort } from '../free-port.js'

const PROGRAM = new URL('../../demo/dist/start.js', import.meta.url).pathname

const running: ChildProcess[] = []
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL')
})

async function environment(): Promise<Record<string, string>> {
  const [shop, pay, sandbox] = await Promise.all([freePort(), freePort(), freePort()])
  return {
    DEMO_PORT: String(shop),
    PAY_PORT: String(pay),
    SANDBOX_PORT: String(sandbox),
    PAY_DATABASE_URL: `sqlite:${join(mkdtempSync(join(tmpdir(), 'pay-button-')), 'pay.db')}`,
  }
}

/** Starts the demo; `said` is what it has printed, `exited` its exit code. */
function start(env: Record<string, string>) {
  const child = spawn(process.execPath, [PROGRAM], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  running.push(child)
  const said = { out: '', err: '' }
  child.stdout.on('data', (chunk) => {
    said.out += chunk
  })
  child.stderr.on('data', (chunk) => {
    said.err += chunk
  })
  const exited = once(child, 'close').then(([code]) => code as number | null)
  return { child, said, exited }
}

describe('the demo', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'says last where to open it, and stops on %s, pressed twice, while a page listens',
    async (signal) => {
      const env = await environment()
      const { child, said, exited } = start(env)
      await expect.poll(() => said.out, { timeout: 20_000 }).toMatch(/\nOpen http/)
      expect(said.out.trimEnd().split('\n').at(-1)).toBe(`Open http://localhost:${env.DEMO_PORT}`)

      const shop = `http://localhost:${env.DEMO_PORT}`
      const body = new URLSearchParams({ product: 'alishan-oolong' })
      const bought = await fetch(`${shop}/orders`, { method: 'POST', body })
      const events = await fetch(`${bought.url.split('?')[0]}/events`)
      expect(events.status).toBe(200)

      child.kill(signal)
      child.kill(signal)
      expect(await exited).toBe(0)
      expect(said.err).toBe('')
    },
  )

  it('tells in one line which port is in use', async () => {
    const env = await environment()
    const first = start(env)
    await expect.poll(() => first.said.out, { timeout: 20_000 }).toContain('Open')
    for (const variable of ['DEMO_PORT', 'PAY_PORT', 'SANDBOX_PORT']) {
      const second = start({ ...(await environment()), [variable]: env[variable] ?? '' })
      expect(await second.exited).toBe(1)
      expect(second.said).toEqual({
        out: '',
        err: `Port ${env[variable]} is in use: set ${variable} to another one.\n`,
      })
    }
  })

  it.each([
    ['DEMO_PORT', 'x'],
    ['PAY_ORIGINS', 'not an origin'],
    ['VEXORA_TAIWAN_MERCHANT_NO', '9990000001'],
  ])('names what it cannot use: %s=%s', async (variable, value) => {
    const { said, exited } = start({ ...(await environment()), [variable]: value })
    expect(await exited).toBe(1)
    expect(said.out).toBe('')
    expect(said.err).toMatch(/^.*(DEMO_PORT|PAY_ORIGINS|VEXORA_TAIWAN_BASE_URL).*\n$/)
  })
})
