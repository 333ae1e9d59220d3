import { useEffect, useMemo, useState } from 'preact/hooks'
import { useLive } from '../chain/openChain.ts'
import { createHistory, type History, type KnownHistory } from './createHistory.ts'
import { noColumns } from './historyColumns.ts'
import type { TopicFacts } from './topicFacts.ts'

/** The past of a topic as the node tells it, and how parts of it are asked for. */
export type TopicHistory = { readonly known: KnownHistory; readonly history: History }

/** The closed epochs of a topic: what is wanted is loaded, and asked for again when more epochs have closed. */
export function useHistory({ id, epochLength }: TopicFacts, closed: bigint): TopicHistory {
  const { chain } = useLive()
  const [known, setKnown] = useState<KnownHistory>({ columns: noColumns, oldest: undefined, missing: 1 })
  const history = useMemo(
    () =>
      createHistory({
        ask: (range) => chain.client.historyUnverified(id, range),
        epochLength: Number(epochLength),
        tell: setKnown,
      }),
    [chain, id, epochLength],
  )
  useEffect(() => () => history.close(), [history])
  useEffect(() => history.refresh(), [history, closed])
  return { known, history }
}
