import { type ChildProcess, fork, spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { inspect } from 'node:util'

/** The core of what is measured, or the one of everything around it. */
export type Core = 'server' | 'client'

const CORES: Readonly<Record<Core, string>> = { server: '0', client: '1' }
export const HAS_TWO_CORES = availableParallelism() > 1

/** Clock ticks of `/proc`, a second. */
const TICKS = 100
const KB = 1_000

const running = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

export interface Running {
  pid: number
  child: ChildProcess
  stop(): Promise<void>
}

/** Starts a program of Node on one core, that of what is measured or the other. */
export function launch(
  core: Core,
  args: readonly string[],
  {
    env = {},
    output = 'ignore',
  }: { env?: Record<string, string>; output?: 'ignore' | 'inherit' } = {},
): Running {
  const [program = '', ...rest] = pinned(core, [process.execPath, ...args])
  const child = spawn(program, rest, {
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', output, 'inherit'],
  })
  return keep(child)
}

/** Starts a module of this folder that talks by messages. */
export function forkModule(core: Core, module: URL, args: readonly string[] = []): Running {
  const [execPath = '', ...execArgv] = pinned(core, [process.execPath])
  const child = fork(fileURLToPath(module), args, {
    execPath,
    execArgv,
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  return keep(child)
}

/** Asks a forked module for something; it answers each message with one. */
export function ask<T>({ child }: Running, message: string | object): Promise<T> {
  return new Promise((resolve, reject) => {
    const answered = (said: { error: string } | { value: T }) => {
      child.off('exit', ended)
      if ('error' in said) reject(new Error(said.error))
      else resolve(said.value)
    }
    const ended = (code: number | null) => {
      child.off('message', answered)
      reject(new Error(`a helper ended with code ${code}`))
    }
    child.once('message', answered).once('exit', ended)
    child.send(message)
  })
}

/** Answers each message of the process that forked this one. */
export function answer(handle: (message: never) => Promise<unknown>): void {
  process.on('message', (message) => {
    handle(message as never).then(
      (value) => process.send?.({ value }),
      (error) => process.send?.({ error: inspect(error) }),
    )
  })
}

/** `taskset` replaces itself by the program, so the process is the program's own. */
function pinned(core: Core, command: readonly string[]): string[] {
  return HAS_TWO_CORES ? ['taskset', '-c', CORES[core], ...command] : [...command]
}

function keep(child: ChildProcess): Running {
  running.add(child)
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => {
      running.delete(child)
      resolve()
    })
    child.once('error', () => {
      running.delete(child)
      resolve()
    })
  })
  return {
    pid: child.pid ?? 0,
    child,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
      const timer = setTimeout(() => child.kill('SIGKILL'), 3_000)
      await exited
      clearTimeout(timer)
    },
  }
}

/** Microseconds of CPU that all threads of a process have used. */
export function cpuOf(pid: number): number {
  const [, rest = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(/\) /)
  const fields = rest.split(' ')
  return ((Number(fields[11]) + Number(fields[12])) * 1_000_000) / TICKS
}

/** Resident memory of a process, kB (1,000 bytes). */
export function memoryOf(pid: number): number {
  const [, kib = '0'] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return (Number(kib) * 1_024) / KB
}

/** Descriptors that a process has open. */
export function descriptorsOf(pid: number): number {
  return readdirSync(`/proc/${pid}/fd`).length
}
