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
import { QueryError } from '../../app/queryError.ts'
import { readAddress } from '../../app/readAddress.ts'
import { getFeeLedger, getLedger } from './ledger.ts'
import { DENOM, getBalance, getSupply, sumBalances } from './view.ts'

const coin = (amount: bigint, denom: string = DENOM): Coin => create(CoinSchema, { denom, amount: amount.toString() })

/** Balances that the ledger sums at most, about a tenth of a second's work. */
const BALANCES = 20_000
const tooMany = `there are more than ${BALANCES} balances: to sum them now would hold the node up; read supply instead`

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
      const fees = getFeeLedger(state)
      const balances = sumBalances(state, BALANCES)
      if (balances === undefined) throw new QueryError('FAILED_PRECONDITION', tooMany)
      return create(GetLedgerResponseSchema, {
        genesis: genesis.toString(),
        minted: minted.toString(),
        burned: burned.toString(),
        supply: supply.toString(),
        balances: balances.toString(),
        feesPaid: fees.paid.toString(),
        escrow: fees.escrow.toString(),
        feesBurned: fees.burned.toString(),
        feesValidators: fees.validators.toString(),
        feesContributors: fees.contributors.toString(),
      })
    },
  }),
]
