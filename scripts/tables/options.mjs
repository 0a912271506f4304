import { commented } from './comments.mjs'
import { code, table } from './markdown.mjs'

const MEMBER = /^ {2}(?<name>\w+)(?<optional>\??): (?<type>[^\n]+)/

/**
 * The members of an interface, by its comments.
 *
 * @param {string} source
 * @param {string} name of the interface
 */
export function optionsTable(source, name) {
  const [, body] = new RegExp(`interface ${name}\\b[^{]*\\{\\n(.*?)\\n\\}`, 's').exec(source) ?? []
  const members = commented(body ?? '', MEMBER)
  if (members.length === 0) throw new Error(`there is no interface ${name}`)
  return table(
    ['option', 'type', 'what it is'],
    members.map(({ name: option, type, comment, isOptional }) => [
      code(option),
      code(type),
      isOptional ? comment : `${comment} Required.`,
    ]),
  )
}
