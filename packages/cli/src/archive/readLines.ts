import { type FileHandle, open } from 'node:fs/promises'

/** A line of a file: its bytes without the line break, where it begins, and its number from 1 on. */
export type Line = {
  readonly bytes: Buffer
  readonly offset: number
  readonly number: number
  /** False for a last line without a line break. */
  readonly ended: boolean
}

const CHUNK = 1 << 20
const LINE_BREAK = 0x0a

/** The lines of a file, read piece by piece; rejects with the system's error. */
export async function* readLines(file: string): AsyncGenerator<Line> {
  const handle = await open(file, 'r')
  try {
    let parts: Buffer[] = []
    let offset = 0
    let number = 0
    for await (const chunk of chunksOf(handle)) {
      let from = 0
      for (let at = chunk.indexOf(LINE_BREAK); at >= 0; at = chunk.indexOf(LINE_BREAK, from)) {
        const bytes = Buffer.concat([...parts, chunk.subarray(from, at)])
        yield { bytes, offset, number: ++number, ended: true }
        offset += bytes.length + 1
        parts = []
        from = at + 1
      }
      parts.push(chunk.subarray(from))
    }
    const rest = Buffer.concat(parts)
    if (rest.length > 0) yield { bytes: rest, offset, number: ++number, ended: false }
  } finally {
    await handle.close()
  }
}

async function* chunksOf(handle: FileHandle): AsyncGenerator<Buffer> {
  for (;;) {
    const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(CHUNK), 0, CHUNK)
    if (bytesRead === 0) return
    yield buffer.subarray(0, bytesRead)
  }
}
