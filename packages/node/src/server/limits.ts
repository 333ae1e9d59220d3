/** Bounds of what one client may ask of the servers. */
export type Limits = {
  /** Bytes of a request's body, and of one WebSocket message. */
  readonly bodyBytes: number
  /** Characters of a URL; some clients of the reference send whole transactions in it. */
  readonly urlLength: number
  /** Connections open at once, per server. */
  readonly connections: number
  /** Requests a second of one address, by HTTP and WebSocket; twice as many at once after a rest. */
  readonly requestsPerSecond: number
  /** Milliseconds that the headers of a request may take to arrive. */
  readonly headersMs: number
  /** Milliseconds that a request may take to arrive. */
  readonly requestMs: number
  /** Milliseconds that an idle connection is kept. */
  readonly keepAliveMs: number
  /** Requests in one JSON-RPC batch. */
  readonly batch: number
  /** WebSocket clients at once. */
  readonly sockets: number
  /** Subscriptions of one WebSocket client. */
  readonly subscriptions: number
  /** Characters of a subscription's query. */
  readonly queryLength: number
  /** Events that wait for one subscriber before it counts as too slow. */
  readonly eventBuffer: number
  /** Unsent bytes of one WebSocket client from which on no further event is written for it. */
  readonly socketBytes: number
  /** Milliseconds between two pings; a client that answers none in between is gone. */
  readonly pingMs: number
}

/** What the servers allow when nothing else is said. */
export const defaultLimits: Limits = {
  bodyBytes: 2 ** 20,
  urlLength: 64 * 2 ** 10,
  connections: 2048,
  requestsPerSecond: 4000,
  headersMs: 5000,
  requestMs: 15_000,
  keepAliveMs: 75_000,
  batch: 100,
  sockets: 1000,
  subscriptions: 5,
  queryLength: 512,
  eventBuffer: 8192,
  socketBytes: 2 ** 20,
  pingMs: 30_000,
}

/** Entries of one page of a list at most. */
export const MAX_PAGE = 1000
