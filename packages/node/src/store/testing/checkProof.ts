import { iavlSpec, ics23, tendermintSpec, verifyMembership, verifyNonMembership } from '@confio/ics23'
import type { ProvenValue } from '../multiStore.ts'

const decode = (data: Uint8Array | undefined): ics23.ICommitmentProof =>
  ics23.CommitmentProof.decode(data ?? new Uint8Array(0))

/** True where another implementation of ICS-23 accepts both steps: the key under its store, the store under the root. */
export function isProven({ value, ops }: ProvenValue, root: Uint8Array, name: string, key: Uint8Array): boolean {
  const [inStore, inRoot] = ops.map(({ data }) => decode(data))
  const storeRoot = inRoot?.exist?.value
  if (inStore === undefined || inRoot === undefined || !(storeRoot instanceof Uint8Array)) return false
  if (!verifyMembership(inRoot, tendermintSpec, root, Buffer.from(name), storeRoot)) return false
  return value === undefined
    ? verifyNonMembership(inStore, iavlSpec, storeRoot, key)
    : verifyMembership(inStore, iavlSpec, storeRoot, key, value)
}
