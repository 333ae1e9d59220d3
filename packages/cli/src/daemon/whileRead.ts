import type { Io, OutputStream } from '../io.ts'
import { Stopped } from './stopped.ts'

/** True where a stream could not be written because its pipe has no reader any more, or its terminal is gone. */
export function isUnread({ isTTY }: Pick<OutputStream, 'isTTY'>, { code }: NodeJS.ErrnoException): boolean {
  return code === 'EPIPE' || (code === 'EIO' && isTTY === true)
}

/** Does something that ends when `stop` aborts, or when nobody reads any more what it says. */
export async function whileRead<T>(
  { stdout, stderr }: Pick<Io, 'stdout' | 'stderr'>,
  stop: AbortSignal,
  work: (stop: AbortSignal) => Promise<T>,
): Promise<T> {
  const unread = new AbortController()
  const streams = [
    ['stdout', stdout],
    ['stderr', stderr],
  ] as const
  const undos = streams.map(([name, stream]) => {
    const onError = (error: NodeJS.ErrnoException): void => {
      if (isUnread(stream, error)) unread.abort(new Stopped(`nobody reads its ${name} any more`))
    }
    stream.on('error', onError)
    return () => stream.removeListener('error', onError)
  })
  try {
    return await work(AbortSignal.any([stop, unread.signal]))
  } finally {
    for (const undo of undos) undo()
  }
}
