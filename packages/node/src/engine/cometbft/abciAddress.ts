/** Where an ABCI socket is. */
export type AbciAddress =
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number }
  | { readonly kind: 'unix'; readonly path: string }

/** Reads `tcp://127.0.0.1:26658` or `unix:///path/to/socket`, as CometBFT's `proxy_app` is written. Throws a sentence. */
export function parseAbciAddress(text: string): AbciAddress {
  const [, path] = /^unix:\/\/(.+)$/.exec(text) ?? []
  if (path !== undefined) return { kind: 'unix', path }
  const [, host, digits] = /^tcp:\/\/(\[[0-9a-fA-F:]+\]|[^:/]+):([0-9]{1,5})$/.exec(text) ?? []
  const port = Number(digits)
  if (host !== undefined && port <= 65_535) return { kind: 'tcp', host: host.replace(/^\[|\]$/g, ''), port }
  throw new Error(
    `The ABCI address must be like tcp://127.0.0.1:26658 or unix:///path/to/socket, got "${text.slice(0, 200)}".`,
  )
}

/** The address as CometBFT's `proxy_app` takes it. */
export function formatAbciAddress(address: AbciAddress): string {
  if (address.kind === 'unix') return `unix://${address.path}`
  const host = address.host.includes(':') ? `[${address.host}]` : address.host
  return `tcp://${host}:${address.port}`
}
