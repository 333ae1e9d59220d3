import type { JSX } from 'preact'
import { useMemo, useState } from 'preact/hooks'
import { Route, Router, Switch } from 'wouter-preact'
import { useHashLocation } from 'wouter-preact/use-hash-location'
import { forgetPin } from './chain/localPins.ts'
import { readNodeAddress } from './chain/nodeAddress.ts'
import { LiveContext, openChain } from './chain/openChain.ts'
import { useAsked } from './chain/useAsked.ts'
import { useHeight } from './chain/useHeight.ts'
import { Head } from './Head.tsx'
import { Overview } from './overview/Overview.tsx'
import { Later } from './parts/Later.tsx'
import { Shell } from './Shell.tsx'
import { useHashPath } from './useHashPath.ts'

/** The whole page, for the node that its address names. */
export function App(): JSX.Element {
  const [opened, setOpened] = useState(0)
  const chain = useMemo(() => openChain(readNodeAddress(location.href)), [opened])
  const heard = useHeight(chain.client)
  const proven = useAsked(`${opened}`, heard.height, () => chain.client.snapshot())
  const reopen = (forget: boolean): void => {
    if (forget) forgetPin(localStorage, chain.address.rpc)
    void chain.client.close()
    setOpened(opened + 1)
  }
  return (
    <LiveContext.Provider value={{ chain, height: heard.height, state: proven.value }}>
      <Router hook={useHashPath}>
        <button type="button" class="skip" onClick={() => document.getElementById('main')?.focus()}>
          To the content
        </button>
        <Head reopen={reopen} />
        <Shell key={opened} heard={heard} error={proven.error} reopen={reopen}>
          <Switch>
            <Route path="/">
              <Overview />
            </Route>
            <Route path="/backtest">
              <Later load={backtest} props={{}} />
            </Route>
            <Route path="/topic/:id">
              {({ id }) => <Numbered text={id} view={(one) => <Later key={id} load={topic} props={{ id: one }} />} />}
            </Route>
            <Route path="/topic/:id/compare">
              {({ id }) => (
                <Numbered text={id} view={(topic) => <Later key={id} load={compare} props={{ id: topic }} />} />
              )}
            </Route>
            <Route path="/topic/:id/epoch/:nonce">
              {({ id, nonce }) => (
                <Numbered
                  text={id}
                  view={(one) => (
                    <Numbered
                      text={nonce}
                      view={(at) => <Later key={`${id} ${nonce}`} load={epoch} props={{ id: one, nonce: at }} />}
                    />
                  )}
                />
              )}
            </Route>
            <Route path="/account/:address">
              {({ address }) => <Later key={address} load={account} props={{ address }} />}
            </Route>
            <Route path="/account/:address/topic/:id/epoch/:nonce">
              {({ address, id, nonce }) => (
                <Numbered
                  text={id}
                  view={(topicId) => (
                    <Numbered
                      text={nonce}
                      view={(at) => (
                        <Later key={address} load={account} props={{ address, why: { topicId, nonce: at } }} />
                      )}
                    />
                  )}
                />
              )}
            </Route>
            <Route path="/blocks">
              <Later load={blocks} props={{}} />
            </Route>
            <Route path="/block/:height">
              {({ height }) => (
                <Numbered text={height} view={(one) => <Later key={height} load={block} props={{ height: one }} />} />
              )}
            </Route>
            <Route path="/tx/:hash">{({ hash }) => <Later key={hash} load={transaction} props={{ hash }} />}</Route>
            <Route path="/validators">
              <Later load={validators} props={{}} />
            </Route>
            <Route path="/parameters">
              <Later load={parameters} props={{}} />
            </Route>
            <Route path="/supply">
              <Later load={supply} props={{}} />
            </Route>
            <Route path="/search/*?">
              <Search />
            </Route>
            <Route>
              <Nothing />
            </Route>
          </Switch>
        </Shell>
      </Router>
    </LiveContext.Provider>
  )
}

const topic = async () => (await import('./topic/TopicPage.tsx')).TopicPage
const epoch = async () => (await import('./epoch/EpochPage.tsx')).EpochPage
const account = async () => (await import('./account/AccountPage.tsx')).AccountPage
const backtest = async () => (await import('./backtest/BacktestPage.tsx')).BacktestPage
const compare = async () => (await import('./compare/ComparePage.tsx')).ComparePage
const blocks = async () => (await import('./blocks/BlocksPage.tsx')).BlocksPage
const block = async () => (await import('./blocks/BlockPage.tsx')).BlockPage
const transaction = async () => (await import('./transactions/TransactionPage.tsx')).TransactionPage
const validators = async () => (await import('./validators/ValidatorsPage.tsx')).ValidatorsPage
const parameters = async () => (await import('./parameters/ParametersPage.tsx')).ParametersPage
const supply = async () => (await import('./supply/SupplyPage.tsx')).SupplyPage
const search = async () => (await import('./search/SearchPage.tsx')).SearchPage

/** The search for the words behind the route, which the router has half decoded. */
function Search(): JSX.Element {
  const [path] = useHashLocation()
  const words = decoded(path.slice('/search/'.length))
  return <Later key={words} load={search} props={{ words }} />
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** A view of something with a number in the address. */
function Numbered({ text, view }: { readonly text: string; readonly view: (id: bigint) => JSX.Element }): JSX.Element {
  return /^[0-9]{1,18}$/.test(text) ? view(BigInt(text)) : <Nothing />
}

function Nothing(): JSX.Element {
  return (
    <>
      <h1>Nothing stands here</h1>
      <p>
        <a href="#/">All topics</a> are on the first page.
      </p>
    </>
  )
}
