import type { JSX } from 'preact'

/** The search above every view. */
export function SearchBox(): JSX.Element {
  return (
    <search>
      <form class="search-box" onSubmit={goTo}>
        <label>
          <span>Search</span>
          <input
            name="words"
            type="search"
            required
            maxLength={200}
            placeholder="topic, address, height, hash"
            spellcheck={false}
            autocomplete="off"
          />
        </label>
        <button type="submit">Find</button>
      </form>
    </search>
  )
}

function goTo(event: SubmitEvent): void {
  event.preventDefault()
  if (!(event.currentTarget instanceof HTMLFormElement)) return
  const words = new FormData(event.currentTarget).get('words')
  if (typeof words !== 'string') return
  location.hash = `/search/${encodeURIComponent(words.trim())}`
  event.currentTarget.reset()
}
