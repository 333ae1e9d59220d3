import type { Wallet } from '@starling/sdk/types'
import { walletFromSeed } from '@starling/sdk/wallet/walletFromSeed'
import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { type Chain, useLive } from '../chain/openChain.ts'
import { useAsked } from '../chain/useAsked.ts'
import { Failure } from '../parts/Failure.tsx'
import { Mark } from '../parts/Mark.tsx'
import { formatCoins } from '../text/formatCoins.ts'
import { shortName } from '../text/plainText.ts'
import { AskWithPay } from './AskWithPay.tsx'
import { FundTopic } from './FundTopic.tsx'

/** Keys of this visit, by the chain they are for: nothing is stored. */
const opened = new WeakMap<Chain, Wallet>()

/** The dev account of a local network, to fund a topic and to buy answers; its key comes from the network's seed. */
export function DevWallet({ id }: { readonly id: bigint }): JSX.Element {
  const { chain } = useLive()
  const [wallet, setWallet] = useState(opened.get(chain))
  const open = (found: Wallet): void => {
    opened.set(chain, found)
    setWallet(found)
  }
  return (
    <section class="dev-wallet" aria-labelledby="wallet">
      <h2 id="wallet">Dev wallet</h2>
      <p class="warning">Local network only: these coins are worth nothing, and whoever knows the seed has the key.</p>
      {wallet === undefined ? <Opening open={open} /> : <Opened wallet={wallet} id={id} />}
    </section>
  )
}

function Opening({ open }: { readonly open: (wallet: Wallet) => void }): JSX.Element {
  const { chain } = useLive()
  const [error, setError] = useState<Error | undefined>(undefined)
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault()
    if (!(event.currentTarget instanceof HTMLFormElement)) return
    const seed = String(new FormData(event.currentTarget).get('seed')).trim()
    findDev(chain, seed).then(open, setError)
  }
  return (
    <>
      <form class="choices" onSubmit={onSubmit}>
        <label>
          Seed of the network <input name="seed" required spellcheck={false} autocomplete="off" />
        </label>{' '}
        <button type="submit">Open</button>
      </form>
      <p class="quiet">
        <code>starling up</code> prints it when it starts. The key stays in this page, and is forgotten with it.
      </p>
      {error === undefined ? null : <Failure error={error} />}
    </>
  )
}

/** The dev account of a seed, where it is that of this chain. */
async function findDev({ client }: Chain, seed: string): Promise<Wallet> {
  const wallet = walletFromSeed(seed, 'dev')
  if ((await client.accountUnverified(wallet.address)) !== undefined) return wallet
  throw new Error(
    'This chain has no dev account of that seed. Give the one that "starling up" printed for this network.',
  )
}

function Opened({ wallet, id }: { readonly wallet: Wallet; readonly id: bigint }): JSX.Element {
  const { state } = useLive()
  const { value: balance } = useAsked(`balance ${wallet.address}`, state, async () => {
    if (state === undefined) return undefined
    return { coins: await state.balance(wallet.address), at: state.at }
  })
  return (
    <>
      <p>
        <a href={`#/account/${wallet.address}`}>{shortName(wallet.address)}</a>
        {balance === undefined ? null : (
          <>
            {' '}
            has {formatCoins(balance.coins)} <Mark trust={{ kind: 'verified', at: balance.at }} />
          </>
        )}
      </p>
      <AskWithPay wallet={wallet} id={id} />
      <FundTopic wallet={wallet} id={id} />
    </>
  )
}
