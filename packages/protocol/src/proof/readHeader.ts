import type { BlockId, Header } from './cometTypes.ts'
import type { JsonReader } from './jsonReader.ts'

/** More than any network of CometBFT's has. */
const MAX_PARTS = 1_601n

/** Reads the JSON of a header as CometBFT prints it. It checks the form alone. Throws `ProofError` MALFORMED. */
export function readHeader(json: JsonReader): Header {
  const hash = (name: string, ...lengths: readonly number[]): Uint8Array => json.field(name).hex(32, ...lengths)
  return {
    version: { block: json.field('version').field('block').whole(), app: readAppVersion(json.field('version')) },
    chainId: json.field('chain_id').text(),
    height: json.field('height').whole(),
    time: json.field('time').time(),
    lastBlockId: readBlockId(json.field('last_block_id')),
    lastCommitHash: hash('last_commit_hash', 0),
    dataHash: hash('data_hash', 0),
    validatorsHash: hash('validators_hash'),
    nextValidatorsHash: hash('next_validators_hash'),
    consensusHash: hash('consensus_hash'),
    // An application chooses the length of its hash.
    appHash: json.field('app_hash').hex(...Array.from({ length: 65 }, (_, length) => length)),
    lastResultsHash: hash('last_results_hash', 0),
    evidenceHash: hash('evidence_hash', 0),
    proposerAddress: json.field('proposer_address').hex(20),
  }
}

/** CometBFT leaves out an application version of 0. */
function readAppVersion(version: JsonReader): bigint {
  return version.has('app') ? version.field('app').whole() : 0n
}

/** Reads the JSON of a block id. Throws `ProofError` MALFORMED. */
export function readBlockId(json: JsonReader): BlockId {
  const parts = json.field('parts')
  const total = parts.field('total')
  if (total.whole() > MAX_PARTS) throw total.refuse(`at most ${MAX_PARTS}`)
  return {
    hash: json.field('hash').hex(0, 32),
    parts: { total: Number(total.whole()), hash: parts.field('hash').hex(0, 32) },
  }
}
