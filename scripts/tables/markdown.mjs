/**
 * A table as it stands in a page. A line break in a cell is a space.
 *
 * @param {readonly string[]} header
 * @param {readonly (readonly string[])[]} rows
 */
export function table(header, rows) {
  const line = (/** @type {readonly string[]} */ cells) => `| ${cells.map(oneLine).join(' | ')} |`
  return [header, header.map(() => '---'), ...rows].map(line).join('\n')
}

/** @param {string} cell */
function oneLine(cell) {
  return cell.replace(/\s+/g, ' ').trim()
}

/**
 * Something as code in a cell, where a bar would end it.
 *
 * @param {string} text
 */
export function code(text) {
  return `\`${text.replaceAll('|', '\\|')}\``
}

/** What stands between its marks is made; what stands around it is written. */
const MARKED = /(<!-- table: ([\w-]+) -->\n).*?(<!-- end -->)/gs

/**
 * A page with the tables that its marks name.
 *
 * @param {string} page
 * @param {Readonly<Record<string, string>>} tables
 * @throws {Error} naming a mark that no table has
 */
export function withTables(page, tables) {
  return page.replace(MARKED, (_, start, name, end) => {
    const made = tables[name]
    if (!made) throw new Error(`there is no table ${name}`)
    return `${start}\n${made}\n\n${end}`
  })
}
