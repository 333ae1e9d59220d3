/** What the host hands to the bundle before it runs, as the JSON text of the global `determinismInput`. */
export type Given = {
  /** The tape's lines. */
  readonly tape: string
  /** The vectors' files by stage. */
  readonly vectors: Readonly<Record<string, string>>
  /** Signatures are checked in every such block; in the others those that the tape calls forged are refused. */
  readonly checkEvery: number
  /** How many arguments each function of `protocol/num/exp` gets. */
  readonly samples: number
  /** Blocks to play; all where left out. */
  readonly blocks?: number
  /** Where given: stores in another order, ties of sorts in another order, and checks and queries between the blocks. */
  readonly seed?: number
}

let input: Given | undefined

/** What the host gave. */
export function given(): Given {
  const { determinismInput } = globalThis as { determinismInput?: string }
  if (determinismInput === undefined) throw new Error('the host gave no input')
  input ??= JSON.parse(determinismInput) as Given
  return input
}
