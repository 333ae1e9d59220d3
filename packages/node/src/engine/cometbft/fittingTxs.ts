/** The first transactions that fit into a block's data as protobuf: each has a tag and its length before it. */
export function fittingTxs(txs: readonly Uint8Array[], maxBytes: number): readonly Uint8Array[] {
  let size = 0
  const tooMuch = txs.findIndex(({ length }) => {
    size += 1 + varintLength(length) + length
    return size > maxBytes
  })
  return tooMuch === -1 ? txs : txs.slice(0, tooMuch)
}

function varintLength(value: number): number {
  let bytes = 1
  for (let rest = value; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes += 1
  return bytes
}
