import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'

/** Who follows a page literally: types what it says into a shell, in one folder. */
export interface Reader {
  /**
   * Types commands. Ends with what they printed, or, where the last one serves, once something
   * answers at `until`.
   *
   * @throws {Error} where one of them failed, with all that they said
   */
  types(commands: string, until?: string): Promise<string>
  /** Presses Ctrl-C wherever something still runs. */
  leaves(): Promise<void>
}

/**
 * @param folder where the shell stands
 * @param reads what of the commands is another word here: a package, or a port
 * @param env what the shell knows besides
 */
export function readerIn(
  folder: string,
  reads: (text: string) => string,
  env: Readonly<Record<string, string>>,
): Reader {
  const shells: ChildProcess[] = []
  return {
    async types(commands, until) {
      const shell = spawn('bash', ['-euo', 'pipefail', '-c', reads(commands)], {
        cwd: folder,
        detached: true,
        env: { ...process.env, ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      shells.push(shell)
      let printed = ''
      let said = ''
      shell.stdout.on('data', (chunk) => {
        printed += chunk
        said += chunk
      })
      shell.stderr.on('data', (chunk) => {
        said += chunk
      })
      const closed = once(shell, 'close')
      const served = until ? answers(reads(until), shell) : new Promise<never>(() => undefined)
      const [code] = await Promise.race([closed, served])
      if (code !== 0) throw new Error(`${commands}\n${said}`)
      return printed
    },
    async leaves() {
      for (const shell of shells.filter(isRunning)) {
        const closed = once(shell, 'close')
        // All that it started, as a terminal would.
        if (shell.pid) process.kill(-shell.pid, 'SIGINT')
        await closed
      }
    },
  }
}

/** Ends once something answers at an address, or the shell that should serve there has ended. */
async function answers(url: string, shell: ChildProcess): Promise<[number]> {
  while (isRunning(shell)) {
    const answer = await fetch(url).catch(() => undefined)
    if (answer?.ok) return [0]
    await pause(200)
  }
  return new Promise<never>(() => undefined)
}

function isRunning({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode === null && signalCode === null
}
