import type { TopicView } from '@starling/protocol/gen/starling/v1/query_pb'
import type { JSX } from 'preact'
import { useMemo, useState } from 'preact/hooks'
import { useLive } from '../chain/openChain.ts'
import { readTopics } from '../chain/readTopics.ts'
import { useAsked } from '../chain/useAsked.ts'
import { Failure } from '../parts/Failure.tsx'
import { formatWhole } from '../text/formatNumber.ts'
import { plainText } from '../text/plainText.ts'
import { ChainState } from './ChainState.tsx'
import { TopicCard } from './TopicCard.tsx'

/** Topics of one page: each is proven anew with every block. */
const SHOWN = 12

/** The first page: every topic with its answer, and the state of the chain. */
export function Overview(): JSX.Element {
  const { chain, height } = useLive()
  const [words, setWords] = useState('')
  const [shown, setShown] = useState(SHOWN)
  const { value: views, error } = useAsked('topics', height, () => readTopics(chain))
  const found = useMemo(() => views?.filter((view) => matches(view, words)) ?? [], [views, words])
  return (
    <>
      <h1>What the network predicts</h1>
      <ChainState />
      <p class="search">
        <label>
          Topics with{' '}
          <input
            type="search"
            value={words}
            onInput={({ currentTarget }) => setWords(currentTarget.value)}
            placeholder="part of the name, or a number"
            spellcheck={false}
          />
        </label>
      </p>
      {views === undefined && error !== undefined ? <Failure error={error} /> : null}
      {views === undefined && error === undefined ? <p class="quiet">Asking for the topics…</p> : null}
      {views !== undefined && found.length === 0 ? (
        <p class="quiet">
          {views.length === 0 ? 'This chain has no topics yet.' : 'No topic has such a name or number.'}
        </p>
      ) : null}
      <div class="cards">
        {found.slice(0, shown).map((view) => {
          const id = view.topic?.base?.id ?? 0n
          return <TopicCard key={String(id)} id={id} view={view} />
        })}
      </div>
      {found.length > shown ? (
        <button type="button" onClick={() => setShown(shown + SHOWN)}>
          Show more of {formatWhole(found.length)} topics
        </button>
      ) : null}
    </>
  )
}

function matches({ topic }: TopicView, words: string): boolean {
  const wanted = words.trim().toLowerCase()
  const text = `${topic?.base?.id ?? ''} ${topic?.name ?? ''} ${topic?.policy?.resolution ?? ''}`
  return wanted === '' || plainText(text, 400).toLowerCase().includes(wanted)
}
