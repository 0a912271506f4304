import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A folder that can be filled to its last byte, for one program or for everybody. */
export interface SmallDisk {
  folder: string
  /** Leaves room for so many more bytes in what is written there. */
  leave(bytes: number): void
  /** Room again. */
  free(): void
  remove(): void
}

/** A file system of its own. Needs root. */
export function mountedDisk(bytes: number): SmallDisk {
  const folder = mkdtempSync(join(tmpdir(), 'pay-disk-'))
  const ballast = join(folder, 'ballast')
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', folder])
  const free = () => rmSync(ballast, { force: true })
  return {
    folder,
    leave(room) {
      free()
      const [, left = '0'] = execFileSync('df', ['--output=avail', '-B1', folder], {
        encoding: 'utf8',
      })
        .trim()
        .split('\n')
      try {
        writeFileSync(ballast, Buffer.alloc(Math.max(0, Number(left) - room), 1))
      } catch (error) {
        // Somebody wrote meanwhile: it is full all the same.
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
      }
    },
    free,
    remove() {
      execFileSync('umount', ['--lazy', folder])
      rmSync(folder, { recursive: true })
    },
  }
}

/**
 * A limit on how far one program may write into a file, which needs no root: past it writing fails
 * as on a disk with a fault.
 *
 * @param pid of the program.
 * @param file whose end counts, in the folder.
 */
export function limitedDisk(pid: () => number, file: string): SmallDisk {
  const folder = mkdtempSync(join(tmpdir(), 'pay-disk-'))
  const limit = (soft: number | 'unlimited') =>
    execFileSync('prlimit', ['--pid', String(pid()), `--fsize=${soft}:unlimited`])
  return {
    folder,
    leave: (bytes) => limit(statSync(join(folder, file)).size + bytes),
    free: () => limit('unlimited'),
    remove: () => rmSync(folder, { recursive: true }),
  }
}
