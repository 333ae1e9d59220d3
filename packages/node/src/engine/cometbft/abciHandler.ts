import { equalBytes } from '@starling/protocol/bytes/compareBytes'
import {
  CheckTxType,
  type Request,
  type RequestFinalizeBlock,
  type RequestInitChain,
  type Response,
  ResponseApplySnapshotChunk_Result,
  type ResponseFinalizeBlock,
  ResponseOfferSnapshot_Result,
  ResponseProcessProposal_ProposalStatus,
  type ResponseQuery,
  ResponseVerifyVoteExtension_VerifyStatus,
} from 'cosmjs-types/tendermint/abci/types'
import type { Application, BlockInput, BlockResult } from '../../app/application.ts'
import { fittingTxs } from './fittingTxs.ts'
import { toAbciEvents, toMilliseconds, toTxResult } from './messages.ts'

/** A block that CometBFT has decided, and what it did. */
export type DecidedBlock = BlockInput & {
  /** CometBFT's hash of the header. */
  readonly hash: Uint8Array
  readonly results: BlockResult
}

/** What answers CometBFT. */
export type AbciHandlerOptions = {
  readonly application: Application
  readonly name: string
  readonly version: string
  readonly appVersion: number
  /** Called with each block before the application makes it durable. */
  readonly onCommit?: (block: DecidedBlock) => void
}

/**
 * Answers one request; undefined for one that ABCI 2.0 does not know. What it throws must halt the node: the state may be
 * wrong, and going on could fork the chain.
 */
export type AbciHandler = (request: Request) => Response | undefined

type Finalized = { readonly block: DecidedBlock; readonly response: ResponseFinalizeBlock }

/** The application behind ABCI 2.0, one synchronous call for each request. */
export function createAbciHandler(options: AbciHandlerOptions): AbciHandler {
  const answers: readonly AbciHandler[] = [
    answerMempool(options),
    answerConsensus(options),
    answerInfo(options),
    answerIdle,
  ]
  return (request) => {
    for (const answer of answers) {
      const response = answer(request)
      if (response !== undefined) return response
    }
    return undefined
  }
}

function answerMempool({ application }: AbciHandlerOptions): AbciHandler {
  return ({ checkTx, flush }) => {
    if (flush !== undefined) return { flush: {} }
    if (checkTx === undefined) return undefined
    return {
      checkTx: toTxResult(application.checkTx(checkTx.tx, checkTx.type === CheckTxType.RECHECK ? 'recheck' : 'new')),
    }
  }
}

function answerConsensus({ application, onCommit }: AbciHandlerOptions): AbciHandler {
  let finalized: Finalized | undefined
  let genesis: { readonly request: RequestInitChain; readonly appHash: Uint8Array } | undefined

  /** CometBFT asks again where it was killed before a commit; the answer must not be computed on top of itself. */
  const finalize = (request: RequestFinalizeBlock): ResponseFinalizeBlock => {
    if (finalized !== undefined) {
      const { block, response } = finalized
      if (block.height === request.height && equalBytes(block.hash, request.hash)) return response
      throw new Error(
        `CometBFT asks for block ${request.height}, but block ${block.height} is finalised and not yet committed. Restart the node: it begins again from its last commit.`,
      )
    }
    finalized = finalizeBlock(application, request)
    return finalized.response
  }
  const initChain = (request: RequestInitChain): Uint8Array => {
    if (genesis === undefined) genesis = { request, appHash: initApplication(application, request) }
    if (genesis.request.chainId === request.chainId && equalBytes(genesis.request.appStateBytes, request.appStateBytes))
      return genesis.appHash
    throw new Error('CometBFT came back with another genesis. Restart the node to begin with that one.')
  }
  const commit = (): void => {
    if (finalized === undefined) throw new Error('CometBFT asks for a commit, but no block is finalised.')
    onCommit?.(finalized.block)
    application.commit()
    finalized = undefined
  }

  return ({ finalizeBlock, commit: committed, initChain: begun, prepareProposal, processProposal }) => {
    if (finalizeBlock !== undefined) return { finalizeBlock: finalize(finalizeBlock) }
    if (committed !== undefined) {
      commit()
      return { commit: { retainHeight: 0n } }
    }
    if (begun !== undefined) return { initChain: { validators: [], appHash: initChain(begun) } }
    if (prepareProposal !== undefined) {
      const { height, time, txs, maxTxBytes } = prepareProposal
      const maxBytes = Number(maxTxBytes)
      const chosen = application.prepareProposal({ height, timeMs: toMilliseconds(time), txs, maxBytes })
      return { prepareProposal: { txs: [...fittingTxs(chosen, maxBytes)] } }
    }
    if (processProposal === undefined) return undefined
    const { height, time, txs } = processProposal
    const accepted = application.processProposal({ height, timeMs: toMilliseconds(time), txs })
    const { ACCEPT, REJECT } = ResponseProcessProposal_ProposalStatus
    return { processProposal: { status: accepted ? ACCEPT : REJECT } }
  }
}

function finalizeBlock(application: Application, request: RequestFinalizeBlock): Finalized {
  const { height, txs, hash, time } = request
  const input: BlockInput = { height, timeMs: toMilliseconds(time), txs }
  const results = application.finalizeBlock(input)
  if (results.txResults.length !== txs.length) {
    throw new Error(`Block ${height} has ${txs.length} transactions, but ${results.txResults.length} results.`)
  }
  const response: ResponseFinalizeBlock = {
    events: toAbciEvents(results.events),
    txResults: results.txResults.map(toTxResult),
    validatorUpdates: [],
    appHash: results.appHash,
  }
  return { block: { ...input, hash, results }, response }
}

function initApplication(
  application: Application,
  { chainId, appStateBytes, initialHeight }: RequestInitChain,
): Uint8Array {
  if (initialHeight !== 1n) {
    throw new Error(
      `The genesis begins at height ${initialHeight}, but this chain begins at 1. Set initial_height to "1".`,
    )
  }
  return application.initChain({ chainId, appState: parseAppState(appStateBytes) }).appHash
}

function parseAppState(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'))
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error)
    throw new Error(`The app_state of the genesis is no JSON: ${what}. Correct the genesis file.`)
  }
}

function answerInfo({ application, name, version, appVersion }: AbciHandlerOptions): AbciHandler {
  return ({ info, query, echo }) => {
    if (echo !== undefined) return { echo: { message: echo.message } }
    if (query !== undefined) return { query: toQueryResponse(application.query(query)) }
    if (info === undefined) return undefined
    const { height, appHash } = application.info()
    return {
      info: { data: name, version, appVersion: BigInt(appVersion), lastBlockHeight: height, lastBlockAppHash: appHash },
    }
  }
}

function toQueryResponse(result: ReturnType<Application['query']>): ResponseQuery {
  const { code, codespace, log, key, value, height, proofOps } = result
  const answer = { code, codespace, log, key, value, height, info: '', index: 0n }
  return proofOps === undefined ? answer : { ...answer, proofOps: { ops: proofOps.map((op) => ({ ...op })) } }
}

/** What this chain does without: state sync, and votes with additions. */
function answerIdle(request: Request): Response | undefined {
  const { listSnapshots, offerSnapshot, loadSnapshotChunk, applySnapshotChunk, extendVote, verifyVoteExtension } =
    request
  if (listSnapshots !== undefined) return { listSnapshots: { snapshots: [] } }
  if (offerSnapshot !== undefined) return { offerSnapshot: { result: ResponseOfferSnapshot_Result.REJECT } }
  if (loadSnapshotChunk !== undefined) return { loadSnapshotChunk: { chunk: new Uint8Array() } }
  if (applySnapshotChunk !== undefined) {
    const result = ResponseApplySnapshotChunk_Result.ABORT
    return { applySnapshotChunk: { result, refetchChunks: [], rejectSenders: [] } }
  }
  if (extendVote !== undefined) return { extendVote: { voteExtension: new Uint8Array() } }
  if (verifyVoteExtension === undefined) return undefined
  const { ACCEPT, REJECT } = ResponseVerifyVoteExtension_VerifyStatus
  return { verifyVoteExtension: { status: verifyVoteExtension.voteExtension.length === 0 ? ACCEPT : REJECT } }
}
