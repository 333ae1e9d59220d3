import { equalBytes } from '../bytes/compareBytes.ts'
import type { BlockIdFlag, Commit, CommitSig, LightBlock, Validator } from './cometTypes.ts'
import { type JsonReader, jsonReader } from './jsonReader.ts'
import { readBlockId, readHeader } from './readHeader.ts'
import { validatorAddress } from './validatorAddress.ts'

/** More than any network of CometBFT's has. */
const MAX_VALIDATORS = 10_000
const MAX_ROUND = 2n ** 31n - 1n

/**
 * Reads a light block from the results of CometBFT's `/commit` and `/validators`, all pages of the latter in order. It
 * checks the form alone. Throws `ProofError` MALFORMED, which names the field.
 */
export function parseLightBlock(commitResult: unknown, ...validatorPages: readonly unknown[]): LightBlock {
  const signed = jsonReader(commitResult, 'commit').field('signed_header')
  const header = readHeader(signed.field('header'))
  const commit = readCommit(signed.field('commit'))
  const pages = validatorPages.map((page) => jsonReader(page, 'validators'))
  const validators = pages.flatMap((page) => page.field('validators').items().map(readValidator))
  for (const page of pages) {
    const total = page.field('total')
    if (total.whole() !== BigInt(validators.length)) {
      throw total.refuse(`${validators.length}, the number of validators given; ask for all pages`)
    }
    const height = page.field('block_height')
    if (height.whole() !== header.height) throw height.refuse(`${header.height}, the height of the header`)
  }
  return { header, commit, validators }
}

function readCommit(json: JsonReader): Commit {
  const round = json.field('round')
  if (round.whole() > MAX_ROUND) throw round.refuse('a number of 31 bits')
  const signatures = json.field('signatures')
  const items = signatures.items()
  if (items.length > MAX_VALIDATORS) throw signatures.refuse(`at most ${MAX_VALIDATORS} signatures`)
  return {
    height: json.field('height').whole(),
    round: Number(round.whole()),
    blockId: readBlockId(json.field('block_id')),
    signatures: items.map(readSignature),
  }
}

function readSignature(json: JsonReader): CommitSig {
  return {
    flag: readFlag(json.field('block_id_flag')),
    validatorAddress: json.field('validator_address').hex(0, 20),
    time: json.field('timestamp').time(),
    signature: json.field('signature').base64(),
  }
}

function readFlag(json: JsonReader): BlockIdFlag {
  switch (json.whole()) {
    case 1n:
      return 1
    case 2n:
      return 2
    case 3n:
      return 3
    default:
      throw json.refuse('1, 2 or 3')
  }
}

function readValidator(json: JsonReader): Validator {
  const key = json.field('pub_key')
  if (key.field('type').text() !== 'tendermint/PubKeyEd25519') {
    throw key.field('type').refuse('"tendermint/PubKeyEd25519", the only kind of key that is supported')
  }
  const publicKey = key.field('value').base64()
  if (publicKey.length !== 32) throw key.field('value').refuse('a key of 32 bytes in base64')
  const address = json.field('address')
  if (!equalBytes(address.hex(20), validatorAddress(publicKey))) throw address.refuse('the address of pub_key')
  return { address: address.hex(20), publicKey, power: json.field('voting_power').whole() }
}
