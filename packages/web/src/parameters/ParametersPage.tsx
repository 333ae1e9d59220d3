import { type DescMessage, fromBinary, type Message } from '@bufbuild/protobuf'
import { equalBytes } from '@starling/protocol/bytes/compareBytes'
import { ParamsSchema } from '@starling/protocol/gen/emissions/v9/params_pb'
import { ParamsSchema as MintParamsSchema } from '@starling/protocol/gen/mint/v5/types_pb'
import { FeesParamsSchema } from '@starling/protocol/gen/starling/v1/fees_pb'
import { feesKeys } from '@starling/protocol/modules/fees/keys'
import { defaultFeesParams } from '@starling/protocol/modules/fees/params'
import { mintKeys } from '@starling/protocol/modules/mint/keys'
import { defaultMintParams } from '@starling/protocol/modules/mint/params'
import { paramsKeys } from '@starling/protocol/modules/params/keys'
import { mainnetParams } from '@starling/protocol/presets/mainnetParams'
import { type BlockLimits, consensusHash } from '@starling/protocol/proof/consensusHash'
import { integerAt } from '@starling/sdk/http/json'
import type { Snapshot, VerifiedAt } from '@starling/sdk/proof/snapshot'
import { StarlingError } from '@starling/sdk/starlingError'
import type { JSX } from 'preact'
import { type Chain, useLive } from '../chain/openChain.ts'
import { useAsked } from '../chain/useAsked.ts'
import { Failure } from '../parts/Failure.tsx'
import { Mark, trustOf } from '../parts/Mark.tsx'
import { type Column, Table } from '../parts/Table.tsx'
import { formatParameter } from './formatParameter.ts'
import { emissionsMeanings, feesMeanings, type Meaning, mintMeanings } from './meanings.ts'

/** Where a module keeps its parameters, and what counts where it keeps none. */
type Module = {
  readonly title: string
  readonly store: string
  readonly key: Uint8Array
  readonly schema: DescMessage
  readonly fallback: Message
  readonly meanings: Readonly<Record<string, Meaning>>
}

const modules: readonly Module[] = [
  {
    title: 'Topics, stake and pay',
    store: 'params',
    key: paramsKeys.params(),
    schema: ParamsSchema,
    fallback: mainnetParams,
    meanings: emissionsMeanings,
  },
  {
    title: 'New coins',
    store: 'mint',
    key: mintKeys.params(),
    schema: MintParamsSchema,
    fallback: defaultMintParams,
    meanings: mintMeanings,
  },
  {
    title: 'Fees and sizes of transactions',
    store: 'fees',
    key: feesKeys.params(),
    schema: FeesParamsSchema,
    fallback: defaultFeesParams,
    meanings: feesMeanings,
  },
]

type Row = { readonly name: string; readonly value: string; readonly raw: string; readonly meaning: string }

const columns: readonly Column<Row>[] = [
  { head: 'parameter', sortBy: ({ name }) => name, cell: ({ name }) => <code>{name}</code> },
  { head: 'value', copy: ({ raw }) => raw, cell: ({ value }) => value },
  { head: 'what it means', cell: ({ meaning }) => <span class="words">{meaning}</span> },
]

/** What governs the chain, module by module. */
export function ParametersPage(): JSX.Element {
  return (
    <>
      <h1>Parameters</h1>
      {modules.map((module) => (
        <ModulePart key={module.store} module={module} />
      ))}
      <BlockPart />
    </>
  )
}

function ModulePart({ module }: { readonly module: Module }): JSX.Element {
  const { state } = useLive()
  const { value, error } = useAsked(module.store, state, async () =>
    state === undefined ? undefined : { at: state.at, rows: await readRows(state, module) },
  )
  return <Part id={module.store} title={module.title} at={value?.at} rows={value?.rows} error={error} />
}

async function readRows(state: Snapshot, { store, key, schema, fallback, meanings }: Module): Promise<readonly Row[]> {
  const bytes = await state.read(store, key)
  const params: Message = bytes === undefined ? fallback : fromBinary(schema, bytes)
  return schema.fields.map(({ name, localName }) => {
    const [unit, meaning] = meanings[localName] ?? (['text', ''] as const)
    const value: unknown = Reflect.get(params, localName)
    return { name, raw: String(value), value: formatParameter(unit, String(value)), meaning }
  })
}

/** What the headers themselves commit to. */
function BlockPart(): JSX.Element {
  const { chain, state } = useLive()
  const { value, error } = useAsked('consensus', state !== undefined, async () =>
    state === undefined ? undefined : { at: state.at, rows: await readLimits(chain, state) },
  )
  return <Part id="consensus" title="Blocks" at={value?.at} rows={value?.rows} error={error} />
}

async function readLimits({ rpc }: Chain, state: Snapshot): Promise<readonly Row[]> {
  const { height } = state.at
  const reply = await rpc.call('consensus_params', { height: String(height) })
  const limits: BlockLimits = {
    maxBytes: integerAt(reply, ['consensus_params', 'block', 'max_bytes']),
    maxGas: integerAt(reply, ['consensus_params', 'block', 'max_gas']),
  }
  const { header } = await state.block(height)
  if (!equalBytes(consensusHash(limits), header.consensusHash)) {
    throw new StarlingError('refuted', `The limits of blocks are not those that the header of block ${height} names.`)
  }
  const gas = limits.maxGas === -1n ? 'no bound' : formatParameter('gas', limits.maxGas)
  return [
    {
      name: 'max_bytes',
      raw: String(limits.maxBytes),
      value: formatParameter('bytes', limits.maxBytes),
      meaning: 'the largest block',
    },
    {
      name: 'max_gas',
      raw: String(limits.maxGas),
      value: gas,
      meaning: 'most gas that the transactions of a block ask for',
    },
  ]
}

type PartProps = {
  readonly id: string
  readonly title: string
  readonly at: VerifiedAt | undefined
  readonly rows: readonly Row[] | undefined
  readonly error: Error | undefined
}

function Part({ id, title, at, rows, error }: PartProps): JSX.Element {
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>
        {title}{' '}
        {at === undefined ? null : <Mark trust={error === undefined ? { kind: 'verified', at } : trustOf(error)} />}
      </h2>
      {rows === undefined && error !== undefined ? <Failure error={error} /> : null}
      {rows === undefined && error === undefined ? <p class="quiet">Asking for the parameters…</p> : null}
      {rows === undefined ? null : (
        <Table caption={`${title}: parameters`} columns={columns} rows={rows} keyOf={({ name }) => name} stacks />
      )}
    </section>
  )
}
