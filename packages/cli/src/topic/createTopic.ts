import { parsePolicy } from '@starling/protocol/modules/topics/parsePolicy'
import type { MessageToSend } from '@starling/protocol/tx/encodeTx'
import { chooseAccount, type Signer } from '../chain/chooseAccount.ts'
import { readAmount } from '../chain/readAmount.ts'
import { attributeOf, sendTx } from '../chain/sendTx.ts'
import { withClient } from '../chain/withClient.ts'
import { CliError } from '../cliError.ts'
import type { Globals } from '../globals.ts'
import { parseJson } from '../input/parseJson.ts'
import { nameOfInput, readText } from '../input/readText.ts'
import type { Io } from '../io.ts'
import { formatAllo } from '../output/formatAllo.ts'
import { requestFromPolicy, requestFromTemplate, type TopicForm } from './topicRequest.ts'

type Options = Globals & {
  readonly io: Io
  readonly template: string | undefined
  readonly file: string | undefined
  readonly form: TopicForm
  /** Paid to the topic by whoever creates it. */
  readonly fund: string | undefined
  readonly signer: Signer
}

const MAX_BYTES = 1_000_000

/** Creates a topic, and funds it where asked to, in one transaction each; prints its id. */
export async function createTopic(options: Options): Promise<void> {
  const { io, template, file, form } = options
  if ((template === undefined) === (file === undefined)) {
    throw new CliError(2, 'topic create needs --template NAME or --file POLICY, and only one of them.')
  }
  if (file !== undefined && form.submissions === 'plain') {
    throw new CliError(2, '--plain goes with --template; a policy of your own says it in its field "submissions".')
  }
  const fund = options.fund === undefined ? undefined : readAmount(options.fund)
  const text = file === undefined ? '' : await readText(file, MAX_BYTES, io)
  const document = file === undefined ? undefined : parseJson(text, nameOfInput(file))
  await withClient(options, async (client) => {
    const account = await chooseAccount({ ...options, client }, options.signer, 'dev')
    const creator = account.wallet.address
    const value =
      file === undefined
        ? requestFromTemplate(template ?? '', creator, form)
        : requestFromPolicy(document, nameOfInput(file), creator, form)
    // The chain judges by the same function; here nothing is signed yet.
    if (value.policy !== undefined) parsePolicy(value.policy)
    const message: MessageToSend = { typeUrl: '/starling.v1.CreateTopicRequest', value }
    let topicId = 0n
    await sendTx({ ...options, client, account }, [message], (tx) => {
      topicId = BigInt(topicIdIn(attributeOf(tx, 'starling.v1.EventTopicCreated', 'topic')))
      return {
        sentence: `${account.name} created topic ${topicId} (${value.name}). It opens epochs once it has stake and funds.`,
        fields: { topic: Number(topicId), name: value.name },
      }
    })
    if (fund === undefined) return
    const payment: MessageToSend = {
      typeUrl: '/emissions.v10.FundTopicRequest',
      value: { sender: creator, topicId, amount: fund.toString() },
    }
    // One JSON document is printed, that of the topic.
    const quiet = { ...options, json: false, io: { ...io, stdout: options.json ? io.stderr : io.stdout } }
    await sendTx({ ...quiet, client, account }, [payment], () => ({
      sentence: `${account.name} paid ${formatAllo(fund)} to topic ${topicId}.`,
    }))
  })
}

/** The id inside the topic of an event. */
function topicIdIn(topic: string | undefined): string {
  const parsed: unknown = JSON.parse(topic ?? 'null')
  const base = typeof parsed === 'object' && parsed !== null && 'base' in parsed ? parsed.base : undefined
  const id = typeof base === 'object' && base !== null && 'id' in base ? base.id : undefined
  if (typeof id === 'string' || typeof id === 'number') return String(id)
  throw new CliError(3, 'The topic was created, but the node does not say its id. See "starling topic list".')
}
