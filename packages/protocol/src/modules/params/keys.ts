import { pathKey } from '../../bytes/pathKey.ts'

/** Keys of the params store. */
export const paramsKeys: {
  /** The parameters: an `emissions.v9.Params`. */
  readonly params: () => Uint8Array
  /** Present for an address that may change the parameters. */
  readonly admin: (address: string) => Uint8Array
} = {
  params: () => pathKey('params'),
  admin: (address) => pathKey('admin', address),
}
