import { randomBytes } from 'node:crypto'
import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'

const NAME = 'visitor'

/** Whose orders a page is about: the same after a reload, so that a payment is found again. */
export function visitorOf(c: Context): string {
  const known = getCookie(c, NAME)
  if (known) return known
  const visitor = randomBytes(12).toString('base64url')
  setCookie(c, NAME, visitor, { path: '/embeds', httpOnly: true, sameSite: 'Lax' })
  return visitor
}

export function forgetVisitor(c: Context): void {
  deleteCookie(c, NAME, { path: '/embeds' })
}
