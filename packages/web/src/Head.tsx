import type { JSX } from 'preact'
import { useLocation } from 'wouter-preact'
import { hrefForNode } from './chain/nodeAddress.ts'
import { useLive } from './chain/openChain.ts'
import { SearchBox } from './search/SearchBox.tsx'
import { TrustPanel } from './TrustPanel.tsx'
import { formatWhole } from './text/formatNumber.ts'

/** What can be reached from everywhere. */
const views = [
  ['Topics', '/'],
  ['Blocks', '/blocks'],
  ['Validators', '/validators'],
  ['Parameters', '/parameters'],
  ['Supply', '/supply'],
  ['Backtest', '/backtest'],
] as const

type Props = { readonly reopen: (forgetPin: boolean) => void }

/** What stands above every view: where one is, which node is asked, and what is trusted. */
export function Head({ reopen }: Props): JSX.Element {
  const { chain, height } = useLive()
  const [here] = useLocation()
  return (
    <header>
      <a class="home" href="#/">
        Starling
      </a>
      <span class="height" aria-live="off">
        {height === undefined ? 'no block yet' : `block ${formatWhole(height)}`}
      </span>
      <nav aria-label="Views">
        {views.map(([name, path]) => (
          <a key={path} href={`#${path}`} {...(path === here ? { 'aria-current': 'page' as const } : {})}>
            {name}
          </a>
        ))}
      </nav>
      <SearchBox />
      <form class="node" onSubmit={goTo}>
        <label>
          Node <input name="node" type="url" required defaultValue={chain.address.url} spellcheck={false} />
        </label>
        <button type="submit">Connect</button>
      </form>
      <TrustPanel reopen={reopen} />
    </header>
  )
}

function goTo(event: SubmitEvent): void {
  event.preventDefault()
  if (!(event.currentTarget instanceof HTMLFormElement)) return
  const node = new FormData(event.currentTarget).get('node')
  if (typeof node === 'string') location.assign(hrefForNode(location.href, node))
}
