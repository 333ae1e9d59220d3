import { create, type DescField, toBinary } from '@bufbuild/protobuf'
import { ParamsSchema } from '@starling/protocol/gen/emissions/v9/params_pb'
import { ParamsSchema as MintParamsSchema } from '@starling/protocol/gen/mint/v5/types_pb'
import { FeesParamsSchema } from '@starling/protocol/gen/starling/v1/fees_pb'
import { feesKeys } from '@starling/protocol/modules/fees/keys'
import { defaultFeesParams } from '@starling/protocol/modules/fees/params'
import { mintKeys } from '@starling/protocol/modules/mint/keys'
import { defaultMintParams } from '@starling/protocol/modules/mint/params'
import { paramsKeys } from '@starling/protocol/modules/params/keys'
import { devnetGenesis } from '@starling/protocol/presets/devnetGenesis'
import { mainnetParams } from '@starling/protocol/presets/mainnetParams'
import { expect, it } from 'vitest'
import type { MultiStore } from '../store/multiStore.ts'
import { openMemoryStore } from '../store/openMemoryStore.ts'
import { checkStoredParams } from './checkStoredParams.ts'
import { applyGenesis } from './genesis.ts'
import { storeNames } from './storeNames.ts'

/** The state after a genesis, with a record of one module in the place of what it has. */
function stateWith(store: string, key: Uint8Array, bytes: Uint8Array): MultiStore {
  const stores = openMemoryStore(storeNames)
  applyGenesis(stores, { ...devnetGenesis, balances: [] })
  stores.store(store).put(key, bytes)
  return stores
}

const without = <T extends object>(message: T, { localName }: DescField): T => {
  const rest = { ...message }
  Reflect.deleteProperty(rest, localName)
  return rest
}

/** What an earlier release has written that did not know this parameter. */
const lacking = {
  params: (field: DescField) =>
    stateWith(
      'params',
      paramsKeys.params(),
      toBinary(ParamsSchema, create(ParamsSchema, without(mainnetParams, field))),
    ),
  fees: (field: DescField) =>
    stateWith(
      'fees',
      feesKeys.params(),
      toBinary(FeesParamsSchema, create(FeesParamsSchema, without(defaultFeesParams, field))),
    ),
  mint: (field: DescField) =>
    stateWith(
      'mint',
      mintKeys.params(),
      toBinary(MintParamsSchema, create(MintParamsSchema, without(defaultMintParams, field))),
    ),
}

/** Every parameter that is a text: what is read of one that is missing is an empty one, which no rule can do with. */
const texts = ({ fields }: { readonly fields: readonly DescField[] }): readonly DescField[] =>
  fields.filter((field) => field.fieldKind === 'scalar' && field.scalar === 9)

it.each([
  ...texts(ParamsSchema).map((field) => ['params', field] as const),
  ...FeesParamsSchema.fields.map((field) => ['fees', field] as const),
  ...texts(MintParamsSchema).map((field) => ['mint', field] as const),
])('refuses a state without the parameter of %s: $name', (module, field) => {
  expect(() => checkStoredParams(lacking[module](field), '/home/state')).toThrow(
    expect.objectContaining({
      code: 'WRONG_VERSION',
      message: expect.stringMatching(
        new RegExp(
          `^state directory /home/state has other parameters than this release \\(${module}\\): .+: use the release that wrote it, or sync again into a new directory$`,
        ),
      ),
    }),
  )
})

it.each([
  ['params', paramsKeys.params(), toBinary(ParamsSchema, mainnetParams)],
  ['fees', feesKeys.params(), toBinary(FeesParamsSchema, defaultFeesParams)],
  ['mint', mintKeys.params(), toBinary(MintParamsSchema, defaultMintParams)],
])(
  'takes what this release writes of %s, and refuses what it cannot read or a later one has added',
  (store, key, bytes) => {
    const check = (written: Uint8Array) => checkStoredParams(stateWith(store, key, written), '/home/state')
    expect(() => check(bytes)).not.toThrow()
    // Field 2000, a number: 5.
    const added = Uint8Array.of(...bytes, 0x80, 0x7d, 5)
    expect(() => check(added)).toThrow('some of them are unknown here')
    expect(() => check(bytes.subarray(0, -1))).toThrow(expect.objectContaining({ code: 'WRONG_VERSION' }))
  },
)

it('takes a state in which nothing is written yet', () => {
  expect(() => checkStoredParams(openMemoryStore(storeNames), '/home/state')).not.toThrow()
})
