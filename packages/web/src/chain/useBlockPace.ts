import { useLive } from './openChain.ts'
import { useAsked } from './useAsked.ts'

/** Blocks that the pace is a mean over. */
const SPAN = 20n

/** How long a block takes now, in milliseconds by the clock of the chain; undefined while it is not known. */
export function useBlockPace(): number | undefined {
  const { state } = useLive()
  const tick = state === undefined ? undefined : state.at.height / SPAN
  const { value } = useAsked('pace', tick, async () => {
    if (state === undefined || state.at.height < 2n) return undefined
    const { height, timeMs } = state.at
    const first = height > SPAN ? height - SPAN : 1n
    return Number(timeMs - (await state.timeOf(first))) / Number(height - first)
  })
  return value
}
