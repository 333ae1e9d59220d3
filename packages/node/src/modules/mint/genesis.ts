import { clone } from '@bufbuild/protobuf'
import { type Params, ParamsSchema } from '@starling/protocol/gen/mint/v5/types_pb'
import { checkParams, type MintFraction, mintFractions } from '@starling/protocol/modules/mint/checkParams'
import { computeMintSupplyRemaining } from '@starling/protocol/modules/mint/computeSupply'
import { defaultMintParams } from '@starling/protocol/modules/mint/params'
import { parseLegacyDec } from '@starling/protocol/num/legacyDec'
import { parseAmount } from '@starling/protocol/num/parseAmount'
import type { State } from '../../app/context.ts'
import { readMintParams, setEcosystemTokensMinted, setMintParams, setPreviousBlockEmission } from './view.ts'

/** What the emission begins with: plain JSON. Left out parameters keep their defaults; fractions are decimal texts. */
export type MintGenesis = {
  readonly params?: {
    readonly mintDenom?: string
    readonly maxSupply?: string
    readonly emissionEnabled?: boolean
  } & { readonly [F in MintFraction]?: string }
  readonly previousBlockEmission?: string
  readonly ecosystemTokensMinted?: string
}

/** Writes the genesis of the emission; a mistake in it is an error that names its path. */
export function applyMintGenesis(state: State, json: unknown): void {
  const genesis = asRecord(json, 'mint', ['params', 'previousBlockEmission', 'ecosystemTokensMinted'])
  const { params = {}, previousBlockEmission = '0', ecosystemTokensMinted = '0' } = genesis
  setMintParams(state, readParams(params))
  setPreviousBlockEmission(state, readAmount(previousBlockEmission, 'mint.previousBlockEmission'))
  const minted = readAmount(ecosystemTokensMinted, 'mint.ecosystemTokensMinted')
  const most = computeMintSupplyRemaining(readMintParams(state), 0n)
  if (minted > most) {
    throw faulty('mint.ecosystemTokensMinted', `must be at most the ecosystem's share, ${most}`, ecosystemTokensMinted)
  }
  setEcosystemTokensMinted(state, minted)
}

function readParams(json: unknown): Params {
  const fields = asRecord(json, 'mint.params', ['mintDenom', 'maxSupply', 'emissionEnabled', ...mintFractions])
  const params = clone(ParamsSchema, defaultMintParams)
  const { mintDenom, maxSupply, emissionEnabled } = fields
  if (mintDenom !== undefined) params.mintDenom = readText(mintDenom, 'mint.params.mintDenom')
  if (maxSupply !== undefined) params.maxSupply = readText(maxSupply, 'mint.params.maxSupply')
  if (emissionEnabled !== undefined) params.emissionEnabled = readSwitch(emissionEnabled)
  for (const field of mintFractions) {
    if (fields[field] !== undefined) params[field] = readFraction(fields[field], `mint.params.${field}`)
  }
  const checked = checkParams(params)
  if (!('fault' in checked)) return params
  throw new Error(`Genesis: mint.params.${checked.field} ${checked.fault}. Correct the genesis file.`)
}

/** A decimal text as the whole number of 10^-18 that the parameters hold. */
function readFraction(value: unknown, path: string): string {
  const fraction = typeof value === 'string' ? parseLegacyDec(value) : undefined
  if (typeof fraction === 'bigint' && fraction >= 0n && fraction <= 10n ** 18n) return fraction.toString()
  throw faulty(path, 'must be a decimal text from "0" to "1"', value)
}

function readAmount(value: unknown, path: string): bigint {
  const amount = typeof value === 'string' ? parseAmount(value) : undefined
  if (typeof amount === 'bigint') return amount
  throw faulty(path, 'must be a whole number of uallo as text', value)
}

function readText(value: unknown, path: string): string {
  if (typeof value === 'string') return value
  throw faulty(path, 'must be a text', value)
}

function readSwitch(value: unknown): boolean {
  if (typeof value === 'boolean') return value
  throw faulty('mint.params.emissionEnabled', 'must be true or false', value)
}

/** An object that has no other keys than the known ones, so that a misspelt one is not passed over. */
function asRecord(value: unknown, path: string, known: readonly string[]): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw faulty(path, 'must be an object', value)
  }
  // determinism-allow: only names an unknown field in a sentence
  const unknown = Object.keys(value).find((key) => !known.includes(key))
  if (unknown === undefined) return value as Record<string, unknown>
  throw new Error(
    `Genesis: ${path}.${unknown} is not known; ${path} has ${known.join(', ')}. Correct the genesis file.`,
  )
}

function faulty(path: string, expected: string, got: unknown): Error {
  // determinism-allow: only a sentence of an error
  return new Error(`Genesis: ${path} ${expected}, got ${JSON.stringify(got) ?? 'nothing'}. Correct the genesis file.`)
}
