import type { OutputStream } from '../io.ts'

/** Whether text on this stream may carry colour: a terminal that is not dumb, and no `NO_COLOR`. */
export function hasColour(stream: OutputStream, env: Readonly<Record<string, string | undefined>>): boolean {
  const refused = env.NO_COLOR !== undefined && env.NO_COLOR !== ''
  return stream.isTTY === true && !refused && env.TERM !== 'dumb'
}
