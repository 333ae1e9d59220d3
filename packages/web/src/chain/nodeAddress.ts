/** Where a node answers: its REST server, and RPC with its WebSocket. */
export type NodeAddress = { readonly url: string; readonly rpc: string }

/**
 * The node of a page's address: that of `?node=URL`, else the page's own origin. A node serves RPC beside REST, under
 * `/rpc`; where it stands elsewhere, `&rpc=URL` says so.
 */
export function readNodeAddress(href: string): NodeAddress {
  const { origin, searchParams } = new URL(href)
  const url = withoutSlash(searchParams.get('node') ?? origin)
  return { url, rpc: withoutSlash(searchParams.get('rpc') ?? `${url}/rpc`) }
}

/** The address of the same page for another node. */
export function hrefForNode(href: string, node: string): string {
  const next = new URL(href)
  next.searchParams.delete('rpc')
  next.searchParams.set('node', node)
  return next.href
}

const withoutSlash = (url: string): string => url.trim().replace(/\/+$/, '')
