/**
 * What stands in a source file with a comment of its own: a name of a union or a key (`'order-paid'`),
 * or a member of an interface, in order.
 *
 * @param {string} source
 * @param {RegExp} place what follows the comment, with the groups `name` and, if there is one, `type`
 * @returns {{ name: string, type: string, comment: string, isOptional: boolean }[]}
 */
export function commented(source, place) {
  const pattern = new RegExp(`/\\*\\*((?:(?!\\*/).)*)\\*/\\s*${place.source}`, 'gms')
  return [...source.matchAll(pattern)].map(({ 1: comment = '', groups = {} }) => ({
    name: groups.name ?? '',
    type: (groups.type ?? '').trim(),
    comment: comment.replace(/^\s*\* ?/gm, ' ').trim(),
    isOptional: groups.optional === '?',
  }))
}
