import { create, toBinary } from '@bufbuild/protobuf'
import { signRaw } from '@starling/node/app/testing/signRaw'
import { CHAIN_ID } from '@starling/node/app/testing/testChain'
import { validMessages } from '@starling/node/app/testing/validMessages'
import { signSecp256k1 } from '@starling/protocol/crypto/secp256k1'
import { messageSchemas } from '@starling/protocol/tx/messages'
import { signDigest } from '@starling/protocol/tx/signDocument'
import { mutateBytes, mutateFields } from './mutate.mjs'
import { formatFields, parseFields } from './wireTree.mjs'

const urls = Object.keys(messageSchemas)

/** Makes the transactions of one block: one well signed of each sender, and as many again that need not be. */
export function createInputs(random, scene) {
  const { senders, reputers, workers, stores, first, epochLength } = scene
  const [reputer] = reputers
  let seeds = []
  const refresh = () => {
    const nonce = first + ((scene.height() - first) / epochLength) * epochLength
    seeds = senders.map((sender) => {
      const sealed = { toCommit: scene.sealed(), work: scene.sealed(), truth: scene.sealed() }
      const valid = validMessages(stores, { sender, reputer, workers, nonce, told: nonce - epochLength, sealed })
      return urls.map((typeUrl) => ({
        typeUrl,
        value: toBinary(messageSchemas[typeUrl], create(messageSchemas[typeUrl], valid[typeUrl])),
      }))
    })
  }
  const trees = () => seeds[0].map(({ value }) => parseFields(value)).filter((tree) => tree?.length > 0)
  return {
    /** Nonces move on with the epochs; so do the good messages. */
    refresh,
    next() {
      const others = trees()
      const good = senders.map((sender, i) => signRaw(sender, random.pick(seeds[i]), scene.place(sender)))
      const signed = senders.map((sender, i) =>
        signedInput({ random, scene, sender, good: good[i], seeds: seeds[i], others }),
      )
      const loose = good.map((tx) =>
        random.chance(0.5) ? mutateBytes(random, tx, good) : mutateTree(random, tx, others),
      )
      const all = [...signed, ...loose]
      for (let i = all.length - 1; i > 0; i -= 1) {
        const j = random.below(i + 1)
        ;[all[i], all[j]] = [all[j], all[i]]
      }
      return all
    },
  }
}

function mutateTree(random, bytes, others) {
  return formatFields(mutateFields(random, parseFields(bytes) ?? [], others))
}

/** Well signed, whatever is in it: now and then a good one, mostly a changed message, sometimes a changed envelope. */
function signedInput({ random, scene, sender, good, seeds, others }) {
  const kind = random.next()
  if (kind < 0.1) return good
  const { typeUrl, value } = random.pick(seeds)
  const changed = random.chance(0.9) ? mutateTree(random, value, others) : mutateBytes(random, value, [value])
  if (kind < 0.75) return signRaw(sender, { typeUrl, value: changed }, scene.place(sender))
  const [body, authInfo] = parseFields(good)
  const bodyBytes = random.chance(0.6)
    ? formatFields(mutateFields(random, body.inner, others))
    : formatFields(body.inner)
  const auth = authInfo.inner
  const authInfoBytes = formatFields(random.chance(0.5) ? mutateFields(random, auth, [auth]) : auth)
  const { accountNumber } = scene.place(sender)
  const digest = signDigest({ bodyBytes, authInfoBytes, chainId: CHAIN_ID, accountNumber })
  return formatFields([
    { number: 1, type: 2, bytes: bodyBytes },
    { number: 2, type: 2, bytes: authInfoBytes },
    { number: 3, type: 2, bytes: signSecp256k1(digest, sender.privateKey) },
  ])
}
