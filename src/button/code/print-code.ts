/** What is printed: a title, the code, and lines below it. */
export interface Sheet {
  language: string
  title: string
  code: string
  lines: readonly string[]
}

/**
 * Prints one page with the code alone, from a window of its own. Call it inside the click.
 *
 * @returns whether the window opened.
 */
export function printCode({ language, title, code, lines }: Sheet): boolean {
  const opened = window.open('', '', 'popup,width=480,height=640')
  if (!opened) return false
  const page = opened.document
  page.title = title
  page.documentElement.lang = language
  const heading = page.createElement('h1')
  heading.textContent = title
  const number = page.createElement('p')
  number.textContent = code
  number.style.font = '700 2rem ui-monospace, monospace'
  const rest = lines.map((line) => {
    const paragraph = page.createElement('p')
    paragraph.textContent = line
    return paragraph
  })
  page.body.replaceChildren(heading, number, ...rest)
  page.body.style.font = '1rem / 1.5 system-ui'
  opened.addEventListener('afterprint', () => opened.close())
  opened.print()
  return true
}
