import { fromHex, toHex } from '@starling/protocol/bytes/hex'
import type { Pin } from '@starling/sdk/proof/pins'
import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { useLive } from './chain/openChain.ts'
import { formatWhole } from './text/formatNumber.ts'
import { plainText } from './text/plainText.ts'

/** Shows the block that trust goes by, lets the user give another one, or begin anew. */
export function TrustPanel({ reopen }: { readonly reopen: (forgetPin: boolean) => void }): JSX.Element {
  const { chain } = useLive()
  const [fault, setFault] = useState<string | undefined>(undefined)
  const pin = chain.pins.read(chain.address.rpc)
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault()
    if (!(event.currentTarget instanceof HTMLFormElement)) return
    const given = readTrust(String(new FormData(event.currentTarget).get('trust')))
    if (given === undefined) {
      setFault('Give HEIGHT:HASH, with the 64 hexadecimal digits of the header.')
      return
    }
    const set = async (): Promise<void> => {
      chain.pins.write(chain.address.rpc, { ...given, chainId: pin?.chainId ?? (await chain.client.chainId()) })
      setFault(undefined)
      reopen(false)
    }
    set().catch((error: unknown) => setFault(String(error)))
  }
  return (
    <details class="trust">
      <summary>Trust</summary>
      <div class="note">
        {pin === undefined ? (
          <p>Nothing is trusted yet: the first block that the node shows will be.</p>
        ) : (
          <PinText pin={pin} />
        )}
        <form onSubmit={onSubmit}>
          <label>
            Trust a block that you know <input name="trust" placeholder="HEIGHT:HASH" spellcheck={false} />
          </label>
          <button type="submit">Pin</button>
        </form>
        {fault === undefined ? null : <p role="alert">{plainText(fault)}</p>}
        <button type="button" onClick={() => reopen(true)}>
          Forget the pin and begin anew
        </button>
      </div>
    </details>
  )
}

function PinText({ pin }: { readonly pin: Pin }): JSX.Element {
  return (
    <>
      <p>
        What this browser believes of {plainText(pin.chainId, 60)} begins with block {formatWhole(pin.height)}, the
        newest one that it has verified. A node that shows another history is refuted.
      </p>
      <p class="hash">{toHex(pin.hash)}</p>
    </>
  )
}

/** A trusted block as people write it; undefined where it is none. */
function readTrust(text: string): Pick<Pin, 'height' | 'hash'> | undefined {
  const [, height, digits] = /^\s*([1-9][0-9]{0,18}):([0-9a-fA-F]{64})\s*$/.exec(text) ?? []
  const hash = digits === undefined ? undefined : fromHex(digits.toLowerCase())
  return height === undefined || hash === undefined ? undefined : { height: BigInt(height), hash }
}
