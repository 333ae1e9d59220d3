import { create } from '@bufbuild/protobuf'
import {
  QueryAllBalancesRequestSchema,
  QueryAllBalancesResponseSchema,
  QueryBalanceRequestSchema,
  QueryBalanceResponseSchema,
  QuerySupplyOfRequestSchema,
  QuerySupplyOfResponseSchema,
  QueryTotalSupplyRequestSchema,
  QueryTotalSupplyResponseSchema,
} from '@starling/protocol/gen/cosmos/bank/v1beta1/query_pb'
import { type Coin, CoinSchema } from '@starling/protocol/gen/cosmos/base/v1beta1/coin_pb'
import { GetLedgerRequestSchema, GetLedgerResponseSchema } from '@starling/protocol/gen/starling/v1/query_pb'
import { type Query, query } from '../../app/query.ts'
import { readAddress } from '../../app/readAddress.ts'
import { getLedger } from './ledger.ts'
import { DENOM, getBalance, getSupply, listBalances } from './view.ts'

const coin = (amount: bigint, denom: string = DENOM): Coin => create(CoinSchema, { denom, amount: amount.toString() })

/** What the bank answers; the chain has one coin. */
export const bankQueries: readonly Query[] = [
  query({
    grpc: '/cosmos.bank.v1beta1.Query/Balance',
    rest: '/cosmos/bank/v1beta1/balances/{address}/by_denom',
    request: QueryBalanceRequestSchema,
    response: QueryBalanceResponseSchema,
    run: ({ state }, { address, denom }) => {
      const owner = readAddress('address', address)
      const balance = coin(denom === DENOM ? getBalance(state, owner) : 0n, denom)
      return create(QueryBalanceResponseSchema, { balance })
    },
  }),
  query({
    grpc: '/cosmos.bank.v1beta1.Query/AllBalances',
    rest: '/cosmos/bank/v1beta1/balances/{address}',
    request: QueryAllBalancesRequestSchema,
    response: QueryAllBalancesResponseSchema,
    run: ({ state }, { address }) => {
      const amount = getBalance(state, readAddress('address', address))
      const balances = amount === 0n ? [] : [coin(amount)]
      return create(QueryAllBalancesResponseSchema, { balances, pagination: { total: BigInt(balances.length) } })
    },
  }),
  query({
    grpc: '/cosmos.bank.v1beta1.Query/TotalSupply',
    rest: '/cosmos/bank/v1beta1/supply',
    request: QueryTotalSupplyRequestSchema,
    response: QueryTotalSupplyResponseSchema,
    run: ({ state }) =>
      create(QueryTotalSupplyResponseSchema, { supply: [coin(getSupply(state))], pagination: { total: 1n } }),
  }),
  query({
    grpc: '/cosmos.bank.v1beta1.Query/SupplyOf',
    rest: '/cosmos/bank/v1beta1/supply/by_denom',
    request: QuerySupplyOfRequestSchema,
    response: QuerySupplyOfResponseSchema,
    run: ({ state }, { denom }) =>
      create(QuerySupplyOfResponseSchema, { amount: coin(denom === DENOM ? getSupply(state) : 0n, denom) }),
  }),
  query({
    grpc: '/starling.v1.Query/GetLedger',
    rest: '/starling/v1/ledger',
    request: GetLedgerRequestSchema,
    response: GetLedgerResponseSchema,
    run: ({ state }) => {
      const { genesis, minted, burned, supply } = getLedger(state)
      const balances = [...listBalances(state)].reduce((sum, { amount }) => sum + amount, 0n)
      return create(GetLedgerResponseSchema, {
        genesis: genesis.toString(),
        minted: minted.toString(),
        burned: burned.toString(),
        supply: supply.toString(),
        balances: balances.toString(),
      })
    },
  }),
]
