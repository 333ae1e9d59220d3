// TextEncoder and TextDecoder for engines that have none (QuickJS, a bare context). Strict UTF-8, byte for byte.

const MALFORMED = 'the bytes are not UTF-8'

class PlainTextEncoder {
  encode(text = ''): Uint8Array {
    const bytes: number[] = []
    for (const character of text) {
      const code = character.codePointAt(0) ?? 0
      if (code < 0x80) bytes.push(code)
      else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63))
      else if (code >= 0xd800 && code < 0xe000) bytes.push(0xef, 0xbf, 0xbd)
      else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63))
      else bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63))
    }
    return Uint8Array.from(bytes)
  }
}

/** Smallest code point of a sequence by its number of continuation bytes. */
const LEAST = [0, 0x80, 0x800, 0x10000]

class PlainTextDecoder {
  decode(bytes: Uint8Array = new Uint8Array()): string {
    const text: string[] = []
    for (let i = 0; i < bytes.length; ) {
      const first = bytes[i++] ?? 0
      const more = first < 0x80 ? 0 : first < 0xc0 ? -1 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : first < 0xf8 ? 3 : -1
      if (more < 0 || i + more > bytes.length) throw new TypeError(MALFORMED)
      let code = more === 0 ? first : first & (0x3f >> more)
      for (let k = 0; k < more; k++) {
        const next = bytes[i++] ?? 0
        if ((next & 0xc0) !== 0x80) throw new TypeError(MALFORMED)
        code = (code << 6) | (next & 63)
      }
      const isSurrogate = code >= 0xd800 && code < 0xe000
      if (code < (LEAST[more] ?? 0) || code > 0x10ffff || isSurrogate) throw new TypeError(MALFORMED)
      text.push(String.fromCodePoint(code))
    }
    return text.join('')
  }
}

const host = globalThis as { TextEncoder?: unknown; TextDecoder?: unknown }
host.TextEncoder ??= PlainTextEncoder
host.TextDecoder ??= PlainTextDecoder
