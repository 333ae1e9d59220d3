import { expect, it } from 'vitest'
import { forgetPin, localPins, type Shelf } from './localPins.ts'

const URL = 'http://127.0.0.1:1317/rpc'
const pin = { chainId: 'c', height: 10n ** 17n + 1n, hash: new Uint8Array(32).fill(7) }

function shelf(): Shelf & { readonly texts: Map<string, string> } {
  const texts = new Map<string, string>()
  return {
    texts,
    getItem: (key) => texts.get(key) ?? null,
    setItem: (key, text) => void texts.set(key, text),
    removeItem: (key) => void texts.delete(key),
  }
}

it('keeps a pin for each address, exactly, until it is forgotten', () => {
  const own = shelf()
  const pins = localPins(own)
  expect(pins.read(URL)).toBeUndefined()
  pins.write(URL, pin)
  expect(localPins(own).read(URL)).toEqual(pin)
  expect(pins.read('http://127.0.0.1:1318/rpc')).toBeUndefined()
  forgetPin(own, URL)
  expect(pins.read(URL)).toBeUndefined()
})

it.each(['', '{', 'null', '[]', '{"chainId":"c","height":"0","hash":"00"}', '{"chainId":1,"height":"1","hash":""}'])(
  'takes %s for no pin',
  (text) => {
    const own = shelf()
    own.setItem(`starling pin ${URL}`, text)
    expect(localPins(own).read(URL)).toBeUndefined()
  },
)
