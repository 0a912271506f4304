import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'

const HERE = fileURLToPath(new URL('.', import.meta.url))

/** What a program of the tree says; it need not end well. */
async function saidBy(program: string, ...args: string[]): Promise<string> {
  const bin = `${HERE}node_modules/.bin/${program}`
  return promisify(execFile)(bin, args, { cwd: HERE }).then(
    ({ stdout }) => stdout,
    ({ stdout, stderr }) => `${stdout}${stderr}`,
  )
}

// A compiler each: long on a machine that is shared.
describe('types, those of libraries too,', { timeout: 180_000 }, () => {
  it.each(['bundler', 'node16', 'react-18'])(
    'compile, and refuse what is wrong: %s',
    async (name) => {
      expect(await saidBy('tsc', '-p', `types/tsconfig.${name}.json`)).toBe('')
    },
  )

  it.each(['vue', 'vue-3.4'])('compile in Vue templates: %s', async (name) => {
    expect(await saidBy('vue-tsc', '-p', `types/tsconfig.${name}.json`)).toBe('')
  })

  it('refuse what is wrong in Vue templates', async () => {
    const { files } = JSON.parse(readFileSync(`${HERE}types/tsconfig.bad.json`, 'utf8'))
    const names = files.map((file: string) => /bad-(\w+)/.exec(file)?.[1])
    const said = await saidBy('vue-tsc', '-p', 'types/tsconfig.bad.json')
    const refused = new Set(
      [...said.matchAll(/bad-(\w+)\.vue\(\d+,\d+\): error/g)].map(([, n]) => n),
    )
    expect([...refused].sort()).toEqual(names.sort())
  })
})

describe('without a DOM', () => {
  it.each(['pay-button', 'pay-button/react', 'pay-button/react/jsx', 'pay-button/vue'])(
    'Node imports %s',
    async (name) => {
      const program = `import(${JSON.stringify(name)}).then(() => console.log('imported'))`
      const args = ['--input-type=module', '-e', program]
      const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: HERE })
      expect(stdout).toBe('imported\n')
    },
  )
})
