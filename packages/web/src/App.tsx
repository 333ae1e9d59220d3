import type { JSX } from 'preact'
import { useMemo, useState } from 'preact/hooks'
import { Route, Router, Switch } from 'wouter-preact'
import { useHashLocation } from 'wouter-preact/use-hash-location'
import { AccountPage } from './account/AccountPage.tsx'
import { Banner } from './Banner.tsx'
import { BacktestPage } from './backtest/BacktestPage.tsx'
import { forgetPin } from './chain/localPins.ts'
import { readNodeAddress } from './chain/nodeAddress.ts'
import { LiveContext, openChain } from './chain/openChain.ts'
import { useAsked } from './chain/useAsked.ts'
import { useHeight } from './chain/useHeight.ts'
import { EpochPage } from './epoch/EpochPage.tsx'
import { Head } from './Head.tsx'
import { Overview } from './overview/Overview.tsx'
import { TopicPage } from './topic/TopicPage.tsx'

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
      <Router hook={useHashLocation}>
        <button type="button" class="skip" onClick={() => document.getElementById('main')?.focus()}>
          To the content
        </button>
        <Head reopen={reopen} />
        <Banner heard={heard} error={proven.error} reopen={reopen} />
        <main id="main" tabIndex={-1} key={opened}>
          <Switch>
            <Route path="/">
              <Overview />
            </Route>
            <Route path="/backtest">
              <BacktestPage />
            </Route>
            <Route path="/topic/:id">
              {({ id }) => <Numbered text={id} view={(topic) => <TopicPage key={id} id={topic} />} />}
            </Route>
            <Route path="/topic/:id/epoch/:nonce">
              {({ id, nonce }) => (
                <Numbered
                  text={id}
                  view={(topic) => (
                    <Numbered
                      text={nonce}
                      view={(epoch) => <EpochPage key={`${id} ${nonce}`} id={topic} nonce={epoch} />}
                    />
                  )}
                />
              )}
            </Route>
            <Route path="/account/:address">{({ address }) => <AccountPage key={address} address={address} />}</Route>
            <Route path="/account/:address/topic/:id/epoch/:nonce">
              {({ address, id, nonce }) => (
                <Numbered
                  text={id}
                  view={(topicId) => (
                    <Numbered
                      text={nonce}
                      view={(epoch) => <AccountPage key={address} address={address} why={{ topicId, nonce: epoch }} />}
                    />
                  )}
                />
              )}
            </Route>
            <Route>
              <Nothing />
            </Route>
          </Switch>
        </main>
      </Router>
    </LiveContext.Provider>
  )
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
