import { readEnvironment } from '../environment/environment.js'

/** Says which providers the environment turns on, or throws what is wrong with it. */
export async function checkCommand(): Promise<void> {
  const { options } = readEnvironment(process.env)
  const providers = options.providers.map(
    ({ id, channels }) => `${id} (${channels.map(({ code }) => code).join(', ')})`,
  )
  console.log(`pay-button-proxy: ${options.mode} mode; ${providers.join('; ') || 'no provider'}`)
}
