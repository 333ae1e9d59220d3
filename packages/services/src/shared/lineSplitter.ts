import { StringDecoder } from 'node:string_decoder'

/** Cuts a stream of bytes into lines. */
export type LineSplitter = { write(chunk: Uint8Array): void }

/** Hands each whole line to `onLine`, without its end. A line above `limit` characters goes to `onTooLong`, once, and is dropped. */
export function createLineSplitter(
  limit: number,
  onLine: (line: string) => void,
  onTooLong: (start: string) => void,
): LineSplitter {
  const decoder = new StringDecoder('utf8')
  let parts: string[] = []
  let length = 0
  let isDropping = false
  const add = (text: string): void => {
    if (isDropping) return
    parts.push(text)
    length += text.length
    if (length <= limit) return
    isDropping = true
    const start = parts.join('').slice(0, 100)
    parts = []
    onTooLong(start)
  }
  const end = (): void => {
    const line = parts.join('')
    const isWhole = !isDropping
    parts = []
    length = 0
    isDropping = false
    if (isWhole) onLine(line.endsWith('\r') ? line.slice(0, -1) : line)
  }
  return {
    write(chunk) {
      const [first = '', ...rest] = decoder.write(Buffer.from(chunk)).split('\n')
      add(first)
      for (const text of rest) {
        end()
        add(text)
      }
    },
  }
}
