import { pathKey } from '../../bytes/pathKey.ts'

/** Keys of the fees store. */
export const feesKeys: {
  /** The parameters: a `starling.v1.FeesParams`. */
  readonly params: () => Uint8Array
} = {
  params: () => pathKey('params'),
}
