import { fromHex, toHex } from '@starling/protocol/bytes/hex'
import type { Pin, PinStore } from '@starling/sdk/proof/pins'

/** The part of `localStorage` that pins need. */
export type Shelf = {
  getItem(key: string): string | null
  setItem(key: string, text: string): void
  removeItem(key: string): void
}

/** Pins that a browser keeps from one visit to the next, one for each RPC address. What cannot be read is no pin. */
export function localPins(shelf: Shelf): PinStore {
  return {
    read(url) {
      const text = shelf.getItem(keyOf(url))
      return text === null ? undefined : readPin(text)
    },
    write: (url, pin) => shelf.setItem(keyOf(url), writePin(pin)),
  }
}

/** Forgets the pin of an address: trust begins anew with the first block that its node shows. */
export function forgetPin(shelf: Shelf, url: string): void {
  shelf.removeItem(keyOf(url))
}

const keyOf = (url: string): string => `starling pin ${url}`

function writePin({ chainId, height, hash }: Pin): string {
  return JSON.stringify({ chainId, height: String(height), hash: toHex(hash) })
}

function readPin(text: string): Pin | undefined {
  try {
    const read: unknown = JSON.parse(text)
    if (typeof read !== 'object' || read === null) return undefined
    const { chainId, height, hash } = read as Partial<Record<string, unknown>>
    const bytes = typeof hash === 'string' ? fromHex(hash) : undefined
    if (typeof chainId !== 'string' || typeof height !== 'string' || !/^[1-9][0-9]{0,18}$/.test(height))
      return undefined
    return bytes?.length === 32 ? { chainId, height: BigInt(height), hash: bytes } : undefined
  } catch {
    return undefined
  }
}
