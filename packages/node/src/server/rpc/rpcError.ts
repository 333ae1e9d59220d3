const messages = {
  [-32700]: 'Parse error. Invalid JSON',
  [-32600]: 'Invalid Request',
  [-32601]: 'Method not found',
  [-32602]: 'Invalid params',
  [-32603]: 'Internal error',
  [-32000]: 'Server error',
} as const

/** A code of JSON-RPC 2.0, or -32000 for a subscription that the server ends. */
export type RpcErrorCode = keyof typeof messages

/** An error of JSON-RPC: a code with its fixed text, and a sentence as its data. */
export class RpcError extends Error {
  override readonly name = 'RpcError'
  readonly code: RpcErrorCode
  readonly data: string

  constructor(code: RpcErrorCode, data: string) {
    super(`${messages[code]}: ${data}`)
    this.code = code
    this.data = data
  }

  /** The `error` member of a response. */
  toJson(): { readonly code: number; readonly message: string; readonly data: string } {
    return { code: this.code, message: messages[this.code], data: this.data }
  }
}
