import { useEffect, useMemo, useState } from 'preact/hooks'
import { useLive } from '../chain/openChain.ts'
import { createTallies, type Tallies } from './createTallies.ts'
import type { TopicFacts } from './topicFacts.ts'

/** Epochs between the newest settled one and one before which all have closed. */
const MARGIN = 64

type Range = {
  readonly from: number
  readonly to: number
  readonly settled: number
  /** While this holds nothing is asked for. */
  readonly isHeld: boolean
}

/** Sums over the settled epochs of a range, both ends among them; anew when something has settled. */
export function useTallies({ id, epochLength }: TopicFacts, { from, to, settled, isHeld }: Range): Tallies | undefined {
  const { chain } = useLive()
  const [tallies, setTallies] = useState<Tallies | undefined>(undefined)
  const source = useMemo(
    () =>
      createTallies({
        ask: (range) => chain.client.tallyUnverified(id, range),
        epochLength: Number(epochLength),
        tell: setTallies,
      }),
    [chain, id, epochLength],
  )
  useEffect(() => () => source.close(), [source])
  useEffect(() => {
    if (!isHeld) source.sum({ from, to, closed: settled - MARGIN * Number(epochLength) })
  }, [source, from, to, settled, isHeld])
  return tallies
}
