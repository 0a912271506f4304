const GROUP = 4

/** A code in groups that can be read out; together they are the code, to the character. */
export function groupCode(code: string): string[] {
  return code.match(new RegExp(`.{1,${GROUP}}`, 'gu')) ?? []
}
