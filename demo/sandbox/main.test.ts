import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'

let folder: string
let running: ChildProcess[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sandbox-'))
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: fileURLToPath(new URL('main.ts', import.meta.url)),
      outDir: folder,
      emptyOutDir: true,
      rolldownOptions: { output: { entryFileNames: 'main.mjs' } },
    },
    ssr: { noExternal: true },
  })
})
afterAll(async () => {
  for (const child of running) child.kill('SIGKILL')
  await rm(folder, { recursive: true })
})

interface Program {
  child: ChildProcess
  /** All that it printed so far. */
  printed(): string
}

function start(environment: Record<string, string>): Program {
  const child = spawn(process.execPath, [join(folder, 'main.mjs')], {
    env: { PATH: process.env.PATH, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running = [...running, child]
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
    })
  }
  return { child, printed: () => text }
}

async function listening(program: Program): Promise<string> {
  for (;;) {
    const url = /http:\/\/127\.0\.0\.1:\d+(?= )/.exec(program.printed())?.[0]
    if (url && program.printed().includes('CHINGCHINGPAY_MERCHANT_ID=')) return url
    if (program.child.exitCode !== null) throw new Error(program.printed())
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

test('prints its address and what to set, and stops at Ctrl-C', async () => {
  const program = start({ SANDBOX_PORT: '0' })
  const url = await listening(program)
  expect((await fetch(url)).status).toBe(200)
  for (const line of [
    `VEXORA_TAIWAN_BASE_URL='${url}/vexora/taiwan'`,
    `VEXORA_CARD_BASE_URL='${url}/vexora/card'`,
    `PAYCOOLS_BASE_URL='${url}/paycools'`,
    `CHINGCHINGPAY_BASE_URL='${url}/chingchingpay/gateway'`,
  ]) {
    expect(program.printed()).toContain(line)
  }
  program.child.kill('SIGINT')
  expect(await once(program.child, 'exit')).toEqual([0, null])
})

test('tells of a port in use in one line', async () => {
  const port = new URL(await listening(start({ SANDBOX_PORT: '0' }))).port
  const second = start({ SANDBOX_PORT: port })
  expect(await once(second.child, 'close')).toEqual([1, null])
  expect(second.printed()).toBe(`Port ${port} is in use: set SANDBOX_PORT to another one.\n`)
})

test.each([
  ['SANDBOX_PORT', '70000'],
  ['SANDBOX_IP_LIMITS', '3'],
  ['SANDBOX_HOST', ''],
])('refuses to start with %s=%j', async (name, value) => {
  const { child, printed } = start({ SANDBOX_PORT: '0', [name]: value })
  expect(await once(child, 'close')).toEqual([1, null])
  expect(printed()).toBe(`${name}: not a value the sandbox can use\n`)
})
