import { findProgram, installFromDebian } from './debian.mjs'

/** What runs the snippets for shops in other languages: by its variable, its program and package. */
const LANGUAGES = {
  PHP_PATH: { program: 'php', aptPackage: 'php-cli' },
  PYTHON_PATH: { program: 'python3', aptPackage: 'python3' },
}

/**
 * The paths of PHP and Python: their variables, the ones on the `PATH`, or Debian's, installed where
 * this may.
 *
 * @returns {Promise<Record<string, string>>} by the variables' names
 * @throws {Error} saying in one line what to install
 */
export async function ensureLanguages() {
  const missing = Object.entries(LANGUAGES).filter(([variable]) => !find(variable))
  if (missing.length > 0) await installFromDebian(missing.map(([, { aptPackage }]) => aptPackage))
  return Object.fromEntries(
    Object.entries(LANGUAGES).map(([variable, { program }]) => {
      const path = find(variable)
      if (!path) throw new Error(`These tests need ${program}: install it, or set ${variable}.`)
      return [variable, path]
    }),
  )
}

/** @param {string} variable */
function find(variable) {
  const language = LANGUAGES[/** @type {keyof typeof LANGUAGES} */ (variable)]
  return process.env[variable] || findProgram([language.program])
}
