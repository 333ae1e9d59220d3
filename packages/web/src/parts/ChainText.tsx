import { parseAddress } from '@starling/protocol/crypto/address'
import type { JSX } from 'preact'
import { plainText } from '../text/plainText.ts'

/** A text from the chain; where it is an address, it leads to the account. */
export function ChainText({ text }: { readonly text: string }): JSX.Element {
  const bare = /^"(.*)"$/s.exec(text)?.[1] ?? text
  if (bare.startsWith('allo1') && parseAddress(bare) !== undefined) {
    return (
      <a class="hash" href={`#/account/${bare}`}>
        {bare}
      </a>
    )
  }
  return <>{plainText(bare)}</>
}
