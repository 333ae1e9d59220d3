import type { Client, Wallet } from '@starling/sdk/types'
import { walletFromPrivateKey } from '@starling/sdk/wallet/walletFromPrivateKey'
import { walletFromSeed } from '@starling/sdk/wallet/walletFromSeed'
import { CliError } from '../cliError.ts'
import type { Io } from '../io.ts'
import { unlockKey } from '../keystore/unlockKey.ts'
import { type LocalChain, localChain } from './localChain.ts'

/** How a user says which key signs. */
export type Signer = {
  /** Name of an encrypted key of the home folder. */
  readonly key?: string | undefined
  readonly passphraseFile?: string | undefined
  /** Name of an account of the local network. */
  readonly from?: string | undefined
}

/** Whose key signs. */
export type Account = {
  readonly name: string
  readonly wallet: Wallet
  /** Pays for accounts of this machine; undefined unless this is the local network. */
  readonly dev: Wallet | undefined
}

const NAME = /^[\x21-\x7e]{1,128}$/

/**
 * The account that signs: the key of `--key`, else the account of a local network that `--from` or `fallback` names.
 * Keys of a local network come from its seed and a name, so they need no passphrase and are safe nowhere else: on
 * every other chain `--key` must be given. Throws a `CliError` where it is not clear who signs.
 */
export async function chooseAccount(
  { io, client, home }: { readonly io: Io; readonly client: Client; readonly home: string },
  { key, passphraseFile, from }: Signer,
  fallback: string,
): Promise<Account> {
  if (key !== undefined && from !== undefined) throw new CliError(2, 'Give --key or --from, not both.')
  const chainId = await client.chainId()
  const local = localChain(home, chainId)
  if (key !== undefined) {
    const { privateKey } = await unlockKey(io, { home, name: key, passphraseFile })
    return { name: key, wallet: walletFromPrivateKey(privateKey), dev: await findDev(client, local) }
  }
  if (local === undefined) {
    throw new CliError(
      2,
      `This node's chain is ${chainId}, not a local network: say which key signs with --key NAME. "starling keys add NAME" makes one.`,
    )
  }
  const name = from ?? fallback
  if (!NAME.test(name)) throw new CliError(2, `--from must be 1 to 128 visible ASCII characters, got "${name}".`)
  const seed = local.seed()
  const dev = await findDev(client, local)
  if (seed === undefined || dev === undefined) {
    const fault =
      seed === undefined ? 'There is no local network in' : 'The network at --node is not the one whose seed lies in'
    throw new CliError(
      2,
      `${fault} ${home}, so its keys are not known. Give the --home that "${local.command}" runs with, or sign with --key NAME.`,
    )
  }
  return { name, wallet: walletFromSeed(seed, name), dev }
}

/** The dev account of the local network; undefined on other chains, and where this home's seed is not the chain's. */
async function findDev(client: Client, local: LocalChain | undefined): Promise<Wallet | undefined> {
  const seed = local?.seed()
  if (seed === undefined) return undefined
  const dev = walletFromSeed(seed, 'dev')
  return (await client.accountUnverified(dev.address)) === undefined ? undefined : dev
}
