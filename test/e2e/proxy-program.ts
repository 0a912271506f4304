import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

const PROGRAM = new URL('../../src/proxy/bin/pay-button-proxy.js', import.meta.url).pathname

export interface ProxyProgram {
  /**
   * Starts it, or starts it again with the payments that it had.
   *
   * @param program that of another release
   */
  start(program?: string): Promise<void>
  stop(): Promise<void>
}

/** The proxy as a merchant runs it. */
export function proxyProgram(env: Readonly<Record<string, string>>): ProxyProgram {
  let child: ChildProcess | undefined
  return {
    async start(program = PROGRAM) {
      child = spawn(process.execPath, [program], { env, stdio: ['ignore', 'pipe', 'inherit'] })
      if (child.stdout) await once(child.stdout, 'data')
      child.stdout?.resume()
    },
    async stop() {
      if (!child) return
      const exited = once(child, 'exit')
      child.kill('SIGTERM')
      await exited
      child = undefined
    },
  }
}
