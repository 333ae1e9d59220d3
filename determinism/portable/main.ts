import './textCoding.ts'
import './prepare.ts'
import '../../packages/protocol/src/scoring/vectors.reported.test.ts'
import '../../packages/protocol/src/scoring/vectors.settle.test.ts'
import '../../packages/protocol/src/scoring/vectors.test.ts'
import '../../packages/protocol/src/scoring/vectors.truth.test.ts'
import '../../packages/protocol/src/scoring/vectors.values.test.ts'
import { computed } from './compareNumbers.ts'
import { given } from './given.ts'
import { playTape } from './playTape.ts'
import { sampleFunctions } from './sampleFunctions.ts'
import { outcome } from './vitest.ts'

// The whole script: reads the global `determinismInput`, leaves what came out as JSON in `determinismOutput`.
const output = {
  vectors: { passed: outcome.passed, faults: outcome.faults, bits: computed.hex() },
  functions: sampleFunctions(given().samples),
  tape: playTape(given()),
}
const host = globalThis as { determinismOutput?: string }
host.determinismOutput = JSON.stringify(output)
