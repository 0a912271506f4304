import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { run, succeeds } from './run.mjs'

const SYSTEM_FOLDERS = ['/usr/bin', '/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu']

/**
 * The path of an installed program: the first of these names on the `PATH` or in the system's own
 * folders.
 *
 * @param {readonly string[]} names
 * @returns {string | undefined}
 */
export function findProgram(names) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...SYSTEM_FOLDERS]
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable)
}

/**
 * Installs packages of Debian, as root or with a `sudo` that asks for no password.
 *
 * @param {readonly string[]} packages
 * @returns {Promise<boolean>} whether it could
 */
export async function installFromDebian(packages) {
  if (!isExecutable('/usr/bin/apt-get')) return false
  const isRoot = process.getuid?.() === 0
  if (!isRoot && !(await succeeds('sudo', ['-n', 'true']))) return false
  console.log(`Installing ${packages.join(', ')}…`)
  const apt = (/** @type {string[]} */ ...args) => {
    const command = ['DEBIAN_FRONTEND=noninteractive', 'apt-get', '-qq', ...args]
    return isRoot ? run('env', command) : run('sudo', ['-n', 'env', ...command])
  }
  const wait = ['-o', 'DPkg::Lock::Timeout=120']
  return (
    (await apt(...wait, 'update')) === 0 &&
    (await apt(...wait, 'install', '--yes', '--no-install-recommends', ...packages)) === 0
  )
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
