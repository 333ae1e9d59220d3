import { styleText } from 'node:util'
import type { OutputStream } from '../io.ts'
import { hasColour } from './hasColour.ts'

/** Colours a word. */
export type Paint = (colour: 'green' | 'yellow' | 'red' | 'bold' | 'dim', text: string) => string

/** Colours for a stream; on what is no terminal, and with `NO_COLOR`, every text stays as it is. */
export function paintFor(stream: OutputStream, env: Readonly<Record<string, string | undefined>>): Paint {
  if (!hasColour(stream, env)) return (_, text) => text
  return (colour, text) => styleText(colour, text, { validateStream: false })
}
