import { toHex } from '@starling/protocol/bytes/hex'
import type { VerifiedAt } from '@starling/sdk/proof/snapshot'
import { StarlingError } from '@starling/sdk/starlingError'
import type { JSX } from 'preact'
import { formatWhole } from '../text/formatNumber.ts'
import { plainText } from '../text/plainText.ts'

/** How far a value is to be believed. */
export type Trust =
  | { readonly kind: 'verified'; readonly at: Pick<VerifiedAt, 'height' | 'hash' | 'appHash'> }
  /** A header itself, signed or followed by one that is. */
  | { readonly kind: 'signed'; readonly height: bigint; readonly hash: Uint8Array }
  /** Settled again in this page, from records proven against the header of this block; hash in hexadecimal. */
  | { readonly kind: 'replayed'; readonly height: bigint; readonly hash: string }
  | { readonly kind: 'unverified'; readonly why: string }
  | { readonly kind: 'refuted'; readonly why: string }

const LIST = 'Lists have no proof that nothing is left out: this is what the node says.'

/** The mark of what comes from a list of the node's. */
export const unverifiedList: Trust = { kind: 'unverified', why: LIST }

/** What a failure says of a value: that it is refuted, or that nothing could be proven. */
export function trustOf(error: Error): Trust {
  const isLie = error instanceof StarlingError && error.kind === 'refuted'
  return { kind: isLie ? 'refuted' : 'unverified', why: error.message }
}

/** The mark that stands beside a value; it opens to say what it means. */
export function Mark({ trust }: { readonly trust: Trust }): JSX.Element {
  const kind = trust.kind === 'replayed' || trust.kind === 'signed' ? 'verified' : trust.kind
  return (
    <details class={`mark ${kind}`}>
      <summary>{kind}</summary>
      <div class="note">
        <Meaning trust={trust} />
      </div>
    </details>
  )
}

function Meaning({ trust }: { readonly trust: Trust }): JSX.Element {
  if (trust.kind === 'verified') return <Proof at={trust.at} />
  if (trust.kind === 'signed') return <Signed height={trust.height} hash={trust.hash} />
  if (trust.kind !== 'replayed') return <p>{plainText(trust.why, 600)}</p>
  return (
    <>
      <p>
        Settled again in this page, from records proven against the signed header of block {formatWhole(trust.height)}.
        Every stored value is what comes out.
      </p>
      <p class="hash">{trust.hash.toLowerCase()}</p>
    </>
  )
}

function Proof({ at }: { readonly at: Pick<VerifiedAt, 'height' | 'hash' | 'appHash'> }): JSX.Element {
  return (
    <>
      <p>Checked in this page, by Merkle proof against the signed header of block {formatWhole(at.height)}.</p>
      <dl>
        <dt>header</dt>
        <dd class="hash">{toHex(at.hash)}</dd>
        <dt>state</dt>
        <dd class="hash">{toHex(at.appHash)}</dd>
      </dl>
    </>
  )
}

function Signed({ height, hash }: { readonly height: bigint; readonly hash: Uint8Array }): JSX.Element {
  return (
    <>
      <p>
        Checked in this page: more than two thirds of the validators have signed block {formatWhole(height)}, which this
        browser has reached from the block that it trusts; headers before it are proven by the hash that each next one
        holds.
      </p>
      <p class="hash">{toHex(hash)}</p>
    </>
  )
}
