import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** The root of the repository, with a slash at its end. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url))

/**
 * Runs a program in the root of the repository. Programs of `node_modules` are found by name.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {Record<string, string>} [env] added to ours
 * @returns {Promise<number>} the exit code; 1 where a signal ended it
 */
export function run(program, args, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: ROOT, stdio: 'inherit', env: environment(env) })
    child.once('error', reject)
    child.once('exit', (code) => resolve(code ?? 1))
  })
}

/**
 * As `run`, for what runs beside others: says what it said in one piece, when it has ended.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {Record<string, string>} [env] added to ours
 * @returns {Promise<number>} the exit code; 1 where a signal ended it
 */
export async function runInOnePiece(program, args, env) {
  const { code, said } = await listenTo(program, args, env)
  process.stdout.write(Buffer.concat(said.map(({ chunk }) => chunk)))
  return code
}

/**
 * As `runInOnePiece`. Where it ended well, it says no more than its errors and warnings.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @returns {Promise<boolean>} whether it ended well
 */
export async function runQuietly(program, args) {
  const { code, said } = await listenTo(program, args)
  const told = said.filter(({ isError }) => isError || code !== 0)
  process.stderr.write(Buffer.concat(told.map(({ chunk }) => chunk)))
  return code === 0
}

/**
 * @param {string} program
 * @param {readonly string[]} args
 * @param {Record<string, string>} [env]
 * @returns {Promise<{ code: number, said: { chunk: Buffer, isError: boolean }[] }>}
 */
function listenTo(program, args, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: ROOT, env: environment(env) })
    /** @type {{ chunk: Buffer, isError: boolean }[]} */
    const said = []
    child.stdout.on('data', (chunk) => said.push({ chunk, isError: false }))
    child.stderr.on('data', (chunk) => said.push({ chunk, isError: true }))
    child.once('error', reject)
    child.once('close', (code) => resolve({ code: code ?? 1, said }))
  })
}

/**
 * Whether a program is there and ends well. What it says is not shown.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @returns {Promise<boolean>}
 */
export function succeeds(program, args) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: 'ignore' })
    child.once('error', () => resolve(false))
    child.once('exit', (code) => resolve(code === 0))
  })
}

/** @param {Record<string, string>} added */
function environment(added) {
  return { ...process.env, ...added, PATH: `${ROOT}node_modules/.bin:${process.env.PATH}` }
}
