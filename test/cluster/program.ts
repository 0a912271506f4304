import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

const PROGRAM = new URL('../../src/proxy/bin/pay-button-proxy.js', import.meta.url).pathname

/** A running `pay-button-proxy`. */
export interface Program {
  /** Where it listens, with the path of the public URL. */
  url: string
  child: ChildProcess
  /** All that it wrote. */
  said(): string
  /** Its exit code, once it has ended; `null` where a signal ended it. */
  exited: Promise<number | null>
  kill(signal: NodeJS.Signals): Promise<number | null>
}

const running = new Set<ChildProcess>()

/** Starts one, of this release or of another, without waiting for anything. */
export function launch(env: Record<string, string>, program = PROGRAM): Program {
  const child = spawn('node', [program], {
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.add(child)
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
  }
  const exited = once(child, 'close').then(([code]) => {
    running.delete(child)
    return code as number | null
  })
  return {
    url: `http://127.0.0.1:${env.PAY_PORT}/pay`,
    child,
    said: () => said,
    exited,
    kill(signal) {
      child.kill(signal)
      return exited
    },
  }
}

/** What a test that failed left behind. */
export function killAll(): void {
  for (const child of running) child.kill('SIGKILL')
}
