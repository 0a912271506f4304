import { type ChildProcess, spawn } from 'node:child_process'
import { connect, createServer, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort } from '../free-port.js'
import { until } from './until.js'

const PROGRAM = new URL('../../src/proxy/bin/pay-button-proxy.js', import.meta.url).pathname
const SHIFTED_CLOCK = new URL('shifted-clock.mjs', import.meta.url).href
/** A machine that is busy may take this long to start a program, milliseconds. */
const SLOW_START = 60_000

/** Programs on one store behind one public address, each started again whenever it dies. */
export interface Proxies {
  /** Where each of them listens. */
  urls: readonly string[]
  /** Their processes' ids now. */
  pids(): number[]
  kills(): number
  /** Kills one after the other, each about a second after it answers. Returns how to stop. */
  killInTurn(): () => Promise<void>
  stop(): Promise<void>
}

/**
 * @param env of each program, but for its ports and its public address.
 * @param clocks milliseconds that each one's clock is ahead of this machine's.
 */
export async function startProxies(
  count: number,
  env: Readonly<Record<string, string>>,
  clocks: readonly number[] = [],
): Promise<Proxies> {
  const balancer = await startBalancer()
  const programs = await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const port = await freePort()
      return program(port, { ...env, PAY_PUBLIC_URL: balancer.url }, clocks[index] ?? 0)
    }),
  )
  balancer.ports.push(...programs.map(({ port }) => port))
  await Promise.all(programs.map((each) => each.answers()))
  let kills = 0
  return {
    urls: programs.map(({ url }) => url),
    pids: () => programs.flatMap((each) => each.pid() ?? []),
    kills: () => kills,
    killInTurn() {
      let isOver = false
      const killing = (async () => {
        for (let turn = 0; !isOver; turn += 1) {
          const victim = programs[turn % count]
          await victim?.answers()
          await pause(500 + Math.random() * 1_000)
          if (isOver) return
          kills += 1
          victim?.kill()
        }
      })()
      return async () => {
        isOver = true
        await killing
        await Promise.all(programs.map((each) => each.answers()))
      }
    },
    async stop() {
      await Promise.all(programs.map((each) => each.stop()))
      await balancer.close()
    },
  }
}

function program(port: number, env: Readonly<Record<string, string>>, clock: number) {
  const url = `http://127.0.0.1:${port}`
  let child: ChildProcess
  let isStopping = false
  const launch = () => {
    child = spawn(process.execPath, ['--import', SHIFTED_CLOCK, PROGRAM], {
      env: {
        PATH: process.env.PATH ?? '',
        ...env,
        PAY_PORT: String(port),
        FAULT_CLOCK_AHEAD: String(clock),
      },
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    child.once('exit', () => {
      if (!isStopping) launch()
    })
  }
  launch()
  return {
    port,
    url,
    async answers() {
      const isUp = await until(SLOW_START, async () => (await fetch(`${url}/healthz`)).ok)
      if (!isUp) throw new Error(`no proxy answers at ${url}`)
    },
    pid: () => child.pid,
    kill: () => child.kill('SIGKILL'),
    async stop() {
      isStopping = true
      if (child.exitCode !== null) return
      const exited = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await exited
    },
  }
}

/** Leads each connection to one of the ports, whether anything listens there or not. */
async function startBalancer() {
  const port = await freePort()
  const ports: number[] = []
  const sockets = new Set<Socket>()
  let turn = 0
  const server = createServer((socket) => {
    turn += 1
    const behind = connect(ports[turn % ports.length] ?? 0, '127.0.0.1')
    for (const [one, other] of [
      [socket, behind],
      [behind, socket],
    ] as const) {
      sockets.add(one)
      one.pipe(other)
      one.once('error', () => other.destroy())
      one.once('close', () => sockets.delete(one))
    }
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${port}`,
    ports,
    close: () => {
      for (const socket of sockets) socket.destroy()
      return new Promise((resolve) => server.close(resolve))
    },
  }
}
