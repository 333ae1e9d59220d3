/** Decides, request by request, whether an address has asked too often. */
export type RateLimit = {
  /** True where one more request of the address is within its share. */
  readonly take: (address: string) => boolean
}

type Bucket = { tokens: number; at: number }

/** Addresses remembered at once; the one that asked first is forgotten first, which can only favour it. */
const MAX_ADDRESSES = 10_000

/**
 * A token bucket for each address: `perSecond` requests a second, and twice as many at once after a rest. An IPv6 address
 * counts with its /64, which one household has whole. `now` is in milliseconds.
 */
export function createRateLimit(perSecond: number, now: () => number): RateLimit {
  const buckets = new Map<string, Bucket>()
  const most = 2 * perSecond
  return {
    take(address) {
      const name = networkOf(address)
      const time = now()
      const { tokens, at } = buckets.get(name) ?? { tokens: most, at: time }
      const filled = Math.min(most, tokens + ((time - at) * perSecond) / 1000)
      const allowed = filled >= 1
      buckets.delete(name)
      buckets.set(name, { tokens: allowed ? filled - 1 : filled, at: time })
      const [oldest] = buckets.size > MAX_ADDRESSES ? buckets.keys() : []
      if (oldest !== undefined) buckets.delete(oldest)
      return allowed
    },
  }
}

/** The part of an address that names its owner. */
function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped !== undefined || !address.includes(':')) return mapped ?? address
  const [head = '', tail = ''] = address.split('::')
  const [left, right] = [head, tail].map((part) => (part === '' ? [] : part.split(':')))
  const zeros = new Array<string>(Math.max(0, 8 - (left?.length ?? 0) - (right?.length ?? 0))).fill('0')
  return [...(left ?? []), ...zeros, ...(right ?? [])].slice(0, 4).join(':')
}
