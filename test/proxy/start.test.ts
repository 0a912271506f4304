import { execFile } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, expect, test, vi } from 'vitest'
import { killAll, launch } from '../cluster/program.js'
import { freePort } from '../free-port.js'

const PROGRAM = new URL('../../src/proxy/bin/pay-button-proxy.js', import.meta.url).pathname

afterEach(killAll)

async function environment(): Promise<Record<string, string> & { PAY_PORT: string }> {
  const port = String(await freePort())
  return {
    PAY_MODE: 'test',
    PAY_PORT: port,
    PAY_PUBLIC_URL: `http://127.0.0.1:${port}/pay`,
    PAY_ORIGINS: 'http://localhost:8080',
    PAY_SECRET: 'b0c9d3a8f24e4d07a5f3f3d9d5b2c871',
    PAY_ORDER_SECRET: '0f1e5ad1c5a94c2f9be6e2f8c0a7d364',
    PAY_API_KEYS: 'misspelt',
    PAY_DATABASE_URL: `sqlite:${join(mkdtempSync(join(tmpdir(), 'pay-')), 'pay.db')}`,
    VEXORA_TAIWAN_BASE_URL: 'http://127.0.0.1:9',
    VEXORA_TAIWAN_MERCHANT_NO: '9990000001',
    VEXORA_TAIWAN_APP_SECRET: 'app-secret-unseen',
  }
}

/** Starts the program and waits until it takes requests. */
async function started(env: Record<string, string>) {
  const program = launch(env)
  await vi.waitFor(async () => expect((await fetch(`${program.url}/readyz`)).status).toBe(200), {
    timeout: 25_000,
    interval: 100,
  })
  const lines = () =>
    program
      .said()
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Record<string, unknown>)
  return { ...program, lines }
}

/** `pay-button-proxy health` of the same environment: its exit code. */
async function health(env: Record<string, string>): Promise<number> {
  const run = promisify(execFile)('node', [PROGRAM, 'health'], {
    env: { PATH: process.env.PATH ?? '', ...env },
  })
  return run.then(
    () => 0,
    (error: { code: number }) => error.code,
  )
}

test('says at its start what is on, in which mode, and what is left to do', async () => {
  const { lines, said } = await started(await environment())
  expect(lines()).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        msg: 'channel on',
        provider: 'vexora-taiwan',
        channel: 'STORE',
        status: 'test',
      }),
      expect.objectContaining({ level: 40, msg: 'configuration', code: 'no-webhook' }),
      expect.objectContaining({
        level: 40,
        code: 'ignored',
        hint: expect.stringContaining('PAY_API_KEYS'),
      }),
      expect.objectContaining({ level: 30, code: 'test-mode' }),
    ]),
  )
  expect(said()).not.toMatch(/app-secret-unseen|b0c9d3a8|misspelt"/)
})

test('writes no more than PAY_LOG_LEVEL lets it', async () => {
  const warnings = await started({ ...(await environment()), PAY_LOG_LEVEL: 'warn' })
  expect(new Set(warnings.lines().map(({ level }) => level))).toEqual(new Set([40]))
  const silent = await started({ ...(await environment()), PAY_LOG_LEVEL: 'silent' })
  expect(silent.lines()).toEqual([])
  const wrong = launch({ ...(await environment()), PAY_LOG_LEVEL: 'loud' })
  expect(await wrong.exited).toBe(1)
  expect(wrong.said()).toContain('PAY_LOG_LEVEL must be info or warn or error or silent')
})

test('is healthy for its container while it runs, on whatever address it listens', async () => {
  const env = { ...(await environment()), PAY_HOST: '0.0.0.0' }
  expect(await health(env)).toBe(1)
  const { kill } = await started(env)
  expect(await health(env)).toBe(0)
  await kill('SIGTERM')
  expect(await health(env)).toBe(1)
})
