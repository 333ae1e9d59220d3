// Transactions per second of the state machine, by stage. Prints figures, asserts nothing but that the transfers worked.

import { openTestChain, testActor } from '@starling/node/app/testing/testChain'
import { useNativeSecp256k1 } from '@starling/node/app/useNativeSecp256k1'
import { verifySecp256k1 } from '@starling/protocol/crypto/secp256k1'
import { decodeTx } from '@starling/protocol/tx/decodeTx'
import { signDigest } from '@starling/protocol/tx/signDocument'

const TXS = 2000
const ROUNDS = 5
const CHAIN_ID = 'starling-test-1'

const native = useNativeSecp256k1()
const sender = testActor('sender')
const receiver = testActor('receiver')

function makeTxs(chain) {
  const amount = [{ denom: 'uallo', amount: '1' }]
  const value = { fromAddress: sender.address, toAddress: receiver.address, amount }
  const message = { typeUrl: '/cosmos.bank.v1beta1.MsgSend', value }
  return Array.from({ length: TXS }, (_, i) => chain.sign(sender, [message], { sequence: BigInt(i) }))
}

/** Median over the rounds, in transactions per second. */
function rate(round) {
  const rates = Array.from({ length: ROUNDS }, () => TXS / round())
  return Math.round(rates.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)])
}

/** Seconds that a step takes. */
function timed(step) {
  const started = performance.now()
  step()
  return (performance.now() - started) / 1000
}

const txs = makeTxs(openTestChain([sender, receiver]))
const decoded = txs.map(decodeTx)

const decode = rate(() => timed(() => txs.forEach(decodeTx)))
const verify = rate(() =>
  timed(() => {
    for (const tx of decoded) {
      const [signer] = tx.signers
      const digest = signDigest({ ...tx, chainId: CHAIN_ID, accountNumber: 0n })
      if (!verifySecp256k1(digest, signer.signature, signer.publicKey)) throw new Error('a signature is wrong')
    }
  }),
)
const whole = rate(() => {
  const chain = openTestChain([sender, receiver])
  return timed(() => {
    const failed = chain.block(...txs).txResults.filter(({ code }) => code !== 0)
    if (failed.length > 0) throw new Error(failed[0].log)
  })
})

console.log(`transfers, ${TXS} in a block, median of ${ROUNDS}, ${native ? 'native' : 'portable'} signature check`)
console.log(`  decode            ${decode} tx/s`)
console.log(`  signature         ${verify} tx/s`)
console.log(`  block and commit  ${whole} tx/s`)
