import ipaddr from 'ipaddr.js'

/** An address as it is compared and sent on: IPv4 where IPv6 only wraps it. */
export function normaliseIp(address: string): string | undefined {
  try {
    return ipaddr.process(address).toString()
  } catch {
    return undefined
  }
}

/** Whether an address can be a payer's on the open internet: not loopback, private or reserved. */
export function isPublicIp(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast'
}

export function isLoopbackHost(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '')
  return (
    host === 'localhost' || (ipaddr.isValid(host) && ipaddr.process(host).range() === 'loopback')
  )
}

/** Whether `address` lies in one of the CIDRs (or is one of the plain addresses). */
export function isWithin(address: string, cidrs: readonly string[]): boolean {
  const ip = ipaddr.process(address)
  return cidrs.some((cidr) => {
    const [range, bits] = parseCidr(cidr)
    return range.kind() === ip.kind() && ip.match(range, bits)
  })
}

/** @throws {Error} when it is neither a CIDR nor an address. */
export function parseCidr(cidr: string): [ipaddr.IPv4 | ipaddr.IPv6, number] {
  if (cidr.includes('/')) return ipaddr.parseCIDR(cidr)
  const address = ipaddr.parse(cidr)
  return [address, address.kind() === 'ipv4' ? 32 : 128]
}
