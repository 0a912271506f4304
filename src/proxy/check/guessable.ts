/** Bits, by how often each character comes; half of what 32 bytes of hex have, and more than words. */
const LEAST_BITS = 100
const PLACEHOLDER = /change.?me|example|placeholder|your[-_ ]|password|0123456789abcdef0123/i

/** Whether a secret is plainly not a random one: a placeholder, or one piece again and again. */
export function isGuessable(secret: string): boolean {
  const text = secret.replace(/^whsec_/, '')
  return PLACEHOLDER.test(text) || isRepeated(text) || bitsOf(text) < LEAST_BITS
}

function isRepeated(text: string): boolean {
  return (text + text).indexOf(text, 1) < text.length
}

function bitsOf(text: string): number {
  const counts = new Map<string, number>()
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1)
  let bits = 0
  for (const count of counts.values()) bits -= count * Math.log2(count / text.length)
  return bits
}
