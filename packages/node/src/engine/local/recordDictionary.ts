import { moduleAddresses } from '@starling/protocol/modules/bank/moduleAccounts'

const attribute = (key: string, value: string): string => `{"key":"${key}","value":"${value}","index":true},`
const index = attribute('msg_index', '0')
const { fee_collector: fees, ecosystem } = moduleAddresses

/** The three events of a transfer, as they stand in a record. */
function transfer(to: string, end: string): string {
  return [
    `{"type":"coin_spent","attributes":[${attribute('spender', 'allo1')}${attribute('amount', '10uallo')}${end}]},`,
    `{"type":"coin_received","attributes":[${attribute('receiver', to)}${attribute('amount', '10uallo')}${end}]},`,
    `{"type":"transfer","attributes":[${attribute('recipient', to)}${attribute('sender', 'allo1')}`,
    `${attribute('amount', '10uallo')}${end}]},`,
  ].join('')
}

/** What most records have in common, the most common last: deflated records refer to it instead of repeating it. */
export const recordDictionary: Buffer = Buffer.from(
  [
    '"}},"size":,"lastSignature":{"$b":"=="},"seenSignature":{"$b":"=="},"resultsHash":{"$b":"="},"txCount":,"events":[',
    '"},"hash":{"$b":"="},"parts":{"total":1,"hash":{"$b":"="}},"appHash":{"$b":"="}},',
    '{"header":{"version":{"block":{"$n":"11"},"app":{"$n":"1"}},"chainId":"starling-","height":{"$n":"","timeMs":{"$n":"',
    '"lastBlockId":{"hash":{"$b":"="},"parts":{"total":1,"hash":{"$b":"="}}},"dataHash":{"$b":"="},"validatorsHash":{"$b":"',
    '="},"nextValidatorsHash":{"$b":"="},"consensusHash":{"$b":"="},"appHash":{"$b":"="},"lastResultsHash":{"$b":"',
    '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="},"evidenceHash":{"$b":"47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="},',
    '"proposerAddress":{"$b":"="},"lastCommitHash":{"$b":"="}',
    attribute('mode', 'EndBlock'),
    attribute('mode', 'BeginBlock'),
    '"type":"emissions.v10.EventInsertForecasterPayload","attributes":[',
    attribute('inferer_addresses', '[\\"allo1'),
    attribute('inferer_values', '[\\"0.'),
    '"type":"starling.v1.EventTruthSubmitted","attributes":[',
    attribute('reputer', '\\"allo1'),
    attribute('label', '\\"\\"'),
    '"type":"emissions.v10.EventInsertInfererPayload","attributes":[',
    attribute('extra_data', 'null'),
    attribute('inferer', '\\"allo1'),
    attribute('nonce', '\\"'),
    attribute('topic_id', '\\"1\\"'),
    attribute('value', '\\"0.'),
    attribute('values', '[]'),
    index,
    '{"tx":{"$b":"Cv","result":{"gasUsed":{"$n":"85660"},"gasWanted":{"$n":"85660"},"code":0,"codespace":"","log":"",',
    '"data":{"$b":"EiwKKi9lbWlzc2lvbnMudjEwLkluc2VydFdvcmtlclBheWxvYWRSZXNwb25zZQ=="},"events":[',
    transfer(fees, ''),
    `{"type":"tx","attributes":[${attribute('fee', '856600uallo')}${attribute('fee_payer', 'allo1')}]},`,
    `{"type":"tx","attributes":[${attribute('acc_seq', 'allo1')}]},`,
    `{"type":"message","attributes":[${attribute('action', '/emissions.v10.InsertWorkerPayloadRequest')}`,
    `${attribute('sender', 'allo1')}${index}]},`,
    transfer(ecosystem, index),
  ].join(''),
)
