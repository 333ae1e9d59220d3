import { parseAddress } from '@starling/protocol/crypto/address'
import type { JSX } from 'preact'
import { formatExactCoins } from '../text/formatCoins.ts'
import { plainText } from '../text/plainText.ts'

/** A text from the chain; an address leads to its account, coins are also shown as people count them. */
export function ChainText({ text }: { readonly text: string }): JSX.Element {
  const bare = /^"(.*)"$/s.exec(text)?.[1] ?? text
  if (bare.startsWith('allo1') && parseAddress(bare) !== undefined) {
    return (
      <a class="hash" href={`#/account/${bare}`}>
        {bare}
      </a>
    )
  }
  const [, uallo] = /^([0-9]{1,40})uallo$/.exec(bare) ?? []
  if (uallo !== undefined) return <>{formatExactCoins(BigInt(uallo))}</>
  return <>{plainText(bare)}</>
}
