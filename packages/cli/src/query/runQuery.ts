import { AnswerSchema, EpochRecordSchema } from '@starling/protocol/gen/starling/v1/epochs_pb'
import { FeesParamsSchema } from '@starling/protocol/gen/starling/v1/fees_pb'
import { GetPaymentsResponseSchema, ReceiptSchema } from '@starling/protocol/gen/starling/v1/payments_pb'
import {
  GetActorResponseSchema,
  GetContributorsResponseSchema,
  GetLedgerResponseSchema,
  GetResultResponseSchema,
} from '@starling/protocol/gen/starling/v1/query_pb'
import type { Rest } from '@starling/sdk/http/createRest'
import { at } from '@starling/sdk/http/json'
import { isNotOffered } from '@starling/sdk/http/restError'
import type { Client } from '@starling/sdk/types'
import { proofOf } from '../ask/proofOf.ts'
import { findTopic } from '../chain/findTopic.ts'
import { openRest } from '../chain/openRest.ts'
import { readAddress, readHeight } from '../chain/readId.ts'
import { type Document, toDocument } from '../chain/toDocument.ts'
import { withClient } from '../chain/withClient.ts'
import { CliError } from '../cliError.ts'
import type { Globals } from '../globals.ts'
import type { Io } from '../io.ts'
import { formatDocument } from '../output/formatDocument.ts'
import { printJson } from '../output/printJson.ts'
import { readShownTopic } from '../topic/showTopic.ts'
import { viewCalibration } from '../topic/viewCalibration.ts'

/** What can be asked; a nonce is undefined for the newest. */
export type Question =
  | { readonly what: 'topic'; readonly topic: string }
  | { readonly what: 'epoch' | 'answer'; readonly topic: string; readonly nonce: string | undefined }
  | { readonly what: 'actor'; readonly topic: string; readonly address: string }
  | { readonly what: 'result'; readonly topic: string; readonly address: string; readonly nonce: string | undefined }
  | { readonly what: 'calibration'; readonly topic: string }
  | { readonly what: 'contributors'; readonly topic: string; readonly after: string | undefined }
  | { readonly what: 'payments'; readonly topic: string; readonly after: string | undefined }
  | { readonly what: 'receipt'; readonly id: string }
  | { readonly what: 'balance'; readonly address: string }
  | { readonly what: 'ledger' | 'params' }
  | { readonly what: 'path'; readonly path: string }

type Options = Pick<Globals, 'json' | 'node' | 'rpc'> & { readonly io: Io; readonly question: Question }

/** Asks the node one question and prints all that it answers. */
export async function runQuery(options: Options): Promise<void> {
  const { io, json, node, question } = options
  if (question.what === 'path') {
    const answer = await askPath(openRest(node), question.path)
    if (json) printJson(io, answer)
    else io.stdout.write(`${JSON.stringify(answer, null, 2)}\n`)
    return
  }
  const answer = await withClient(options, (client) => ask(client, openRest(node), question))
  if (json) printJson(io, answer)
  else io.stdout.write(formatDocument(answer))
}

async function ask(client: Client, rest: Rest, question: Exclude<Question, { what: 'path' }>): Promise<Document> {
  switch (question.what) {
    case 'topic':
      return readShownTopic(client, question.topic)
    case 'epoch': {
      const { id } = await findTopic(client, question.topic)
      return toDocument(EpochRecordSchema, await client.epochUnverified(id, nonceOf(question.nonce)))
    }
    case 'answer': {
      const { id } = await findTopic(client, question.topic)
      const { answer, height } = await client.answerUnverified(id, nonceOf(question.nonce))
      return { ...toDocument(AnswerSchema, answer), readAt: Number(height) }
    }
    case 'actor': {
      const { id } = await findTopic(client, question.topic)
      const address = readAddress('ADDRESS', question.address)
      return {
        address,
        topic: Number(id),
        ...toDocument(GetActorResponseSchema, await client.actorUnverified(id, address)),
      }
    }
    case 'result': {
      const { id } = await findTopic(client, question.topic)
      const address = readAddress('ADDRESS', question.address)
      const result = await client.resultUnverified(id, address, nonceOf(question.nonce))
      return { address, topic: Number(id), ...toDocument(GetResultResponseSchema, result) }
    }
    case 'calibration': {
      const { id } = await findTopic(client, question.topic)
      return { topic: Number(id), ...viewCalibration(await client.calibrationUnverified(id)) }
    }
    case 'contributors': {
      const { id } = await findTopic(client, question.topic)
      const page = question.after === undefined ? {} : { after: readAddress('--after', question.after) }
      return {
        topic: Number(id),
        ...toDocument(GetContributorsResponseSchema, await client.contributorsUnverified(id, page)),
      }
    }
    case 'payments': {
      const { id } = await findTopic(client, question.topic)
      const page = question.after === undefined ? {} : { after: readAddress('--after', question.after) }
      return { topic: Number(id), ...toDocument(GetPaymentsResponseSchema, await client.paymentsUnverified(id, page)) }
    }
    case 'receipt':
      return readReceipt(client, question.id)
    case 'balance': {
      const address = readAddress('ADDRESS', question.address)
      return { address, denom: 'uallo', amount: (await client.balanceUnverified(address)).toString() }
    }
    case 'ledger':
      return toDocument(GetLedgerResponseSchema, await client.ledgerUnverified())
    case 'params':
      return askParams(client, rest)
  }
}

/** A receipt with the verified header that proves it. */
async function readReceipt(client: Client, text: string): Promise<Document> {
  const id = readHeight('ID', text)
  const { value, at } = await client.receipt(id)
  if (value !== undefined) return { ...toDocument(ReceiptSchema, value), proof: proofOf({ at }) }
  throw new CliError(4, `There is no receipt ${id}, or none any more: that is proven by block ${at.height}.`)
}

/** The parameters of every module that tells them. */
async function askParams(client: Client, rest: Rest): Promise<Document> {
  const offered = async (path: string): Promise<unknown> => {
    try {
      return await rest.get(path, (json) => at(json, 'params') ?? null)
    } catch (error) {
      if (isNotOffered(error)) return undefined
      throw error
    }
  }
  const [fees, mint, emissions] = await Promise.all([
    client.feesUnverified(),
    offered('/mint/v5/params'),
    offered('/emissions/v10/params'),
  ])
  return {
    fees: toDocument(FeesParamsSchema, fees),
    ...(mint === undefined ? {} : { mint }),
    ...(emissions === undefined ? {} : { emissions }),
  }
}

function askPath(rest: Rest, path: string): Promise<unknown> {
  if (!/^\/[\x21-\x7e]*$/.test(path)) {
    throw new CliError(
      2,
      `query takes one of topic, epoch, answer, calibration, contributors, payments, receipt, result, actor, balance, ledger, params, or a path that begins with /, got "${path}".`,
    )
  }
  return rest.get(path, (json) => json)
}

function nonceOf(text: string | undefined): bigint | undefined {
  return text === undefined || text === 'last' ? undefined : readHeight('NONCE', text)
}
