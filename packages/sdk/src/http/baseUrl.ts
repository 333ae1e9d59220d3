import { StarlingError } from '../starlingError.ts'

const RPC_PORT = '26657'

/** An http(s) URL without its closing slash; refuses anything else with a sentence that never repeats a password. */
export function baseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new StarlingError('bad-input', `"${text}" is no URL of a node; give one like http://127.0.0.1:1317.`)
  }
  if (url.username !== '' || url.password !== '') {
    throw new StarlingError('bad-input', `The URL of ${url.host} carries a name or password; give it without.`)
  }
  if (url.search !== '' || url.hash !== '') {
    throw new StarlingError('bad-input', `"${text}" has a part after ? or #; give the URL of the node alone.`)
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`
}

/** Where the RPC server of a node stands when only its REST server is named: same host, port 26657. */
export function rpcBeside(url: string): string {
  const rpc = new URL(url)
  rpc.port = RPC_PORT
  return rpc.origin
}

/** The WebSocket of an RPC server. */
export function socketUrl(rpc: string): string {
  return `${rpc.replace(/^http/, 'ws')}/websocket`
}
