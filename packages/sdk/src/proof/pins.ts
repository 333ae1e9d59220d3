/** A block that a client trusts without further proof: where everything that it verifies begins. */
export type Pin = {
  readonly chainId: string
  readonly height: bigint
  /** Hash of the block's header. */
  readonly hash: Uint8Array
}

/** Where pins are kept from one run to the next, one for each RPC address. */
export interface PinStore {
  read(url: string): Pin | undefined
  write(url: string, pin: Pin): void
}

/** Pins that last as long as the client. */
export function memoryPins(): PinStore {
  const pins = new Map<string, Pin>()
  return { read: (url) => pins.get(url), write: (url, pin) => void pins.set(url, pin) }
}
