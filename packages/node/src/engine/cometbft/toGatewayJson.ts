import { isRecord } from './cometRpc.ts'

/** Fields of blocks that CometBFT's RPC prints in hexadecimal and the Cosmos SDK's gateway in base64. */
const HASH = /(^|_)(hash|address)$/
const FLAGS = ['BLOCK_ID_FLAG_UNKNOWN', 'BLOCK_ID_FLAG_ABSENT', 'BLOCK_ID_FLAG_COMMIT', 'BLOCK_ID_FLAG_NIL']

/** A block in the JSON of CometBFT's RPC as the Cosmos SDK's REST gateway prints it. */
export function toGatewayJson(json: unknown, name = ''): unknown {
  if (Array.isArray(json)) return json.map((item) => toGatewayJson(item, name))
  if (typeof json === 'string' && HASH.test(name)) return Buffer.from(json, 'hex').toString('base64')
  if (typeof json === 'number' && name === 'block_id_flag') return FLAGS[json] ?? json
  if (!isRecord(json)) return json
  return Object.fromEntries(
    Object.entries(json).map(([key, value]) => [key === 'parts' ? 'part_set_header' : key, toGatewayJson(value, key)]),
  )
}
