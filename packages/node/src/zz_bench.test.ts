import { create, toBinary, fromBinary } from '@bufbuild/protobuf'
import { EpochRecordSchema } from '@starling/protocol/gen/starling/v1/epochs_pb'
import { sha256 } from '@starling/protocol/crypto/sha256'
import { toUtf8 } from '@starling/protocol/bytes/utf8'
import { formatAddress } from '@starling/protocol/crypto/address'
import { settleEpoch } from '@starling/protocol/scoring/settleEpoch'
import { emptyScoringState } from '@starling/protocol/scoring/emptyScoringState'
import { encodeScoringState } from '@starling/protocol/modules/synthesis/encodeScoringState'
import { decodeScoringState } from '@starling/protocol/modules/synthesis/decodeScoringState'
import { toRecord } from '@starling/protocol/modules/rewards/toRecord'
import { defaultScoringParams } from '@starling/protocol/scoring/defaultScoringParams'
import { numberPolicy } from '/work/main/packages/protocol/src/scoring/testing/numberPolicy.ts'
import { computeNetworkValues } from '@starling/protocol/scoring/synthesis/computeNetworkValues'
import { it } from 'vitest'
const addr = (p: string, i: number) => formatAddress(sha256(toUtf8(p + i)).slice(0, 20))
const time = (name: string, f: () => unknown, n = 5) => { f(); const t = performance.now(); for (let i = 0; i < n; i++) f(); console.log(name, ((performance.now() - t) / n).toFixed(2), 'ms') }
it('records', () => {
  for (const [n, f] of [[10, 2], [32, 6], [512, 128]] as const) {
    const params = { ...defaultScoringParams, maxTopInferers: n, maxTopForecasters: f }
    const inferences = Array.from({ length: n }, (_, i) => ({ worker: addr('w', i), values: [20 + Math.sin(i)] }))
    const forecasts = Array.from({ length: f }, (_, k) => ({ forecaster: addr('f', k), elements: inferences.slice(0, 512).map((x, i) => ({ inferer: x.worker, value: Math.cos(i * k) })) }))
    const reputers = Array.from({ length: 6 }, (_, i) => ({ address: addr('r', i), stake: 10n ** 20n, value: 20.1 }))
    const topic = { id: 1, policy: numberPolicy, params }
    let state = emptyScoringState()
    let out: any
    for (let e = 1; e < 4; e++) { out = settleEpoch({ topic, nonce: e, prior: state, priorUpdate: state, inferences, forecasts, reputers, reward: 10n ** 20n } as any); state = out.state }
    const rec = create(EpochRecordSchema, { topicId: 1n, nonce: 3n, inferences, forecasts, ...(toRecord(numberPolicy as any, out) as any) })
    const bytes = toBinary(EpochRecordSchema, rec)
    const sb = encodeScoringState(state)
    console.log(n, f, out.status, out.reason, 'record', bytes.length, 'state', sb.length)
    time('decode record', () => fromBinary(EpochRecordSchema, bytes))
    time('encode record', () => toBinary(EpochRecordSchema, rec))
    time('decode state', () => decodeScoringState(sb))
    time('network', () => computeNetworkValues({ inferences, forecasts, state, params } as any), n > 100 ? 1 : 5)
  }
}, 600000)
