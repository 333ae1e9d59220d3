import { writeFileSync } from 'node:fs'
import { APP_VERSION } from '@starling/protocol/appVersion'
import { toBase64 } from '@starling/protocol/bytes/base64'
import { recordTape } from '../packages/node/src/app/testing/recordTape.ts'

// Records a tape of as many blocks as the second argument says into the file that the first one names.
const [path = '', length = ''] = process.argv.slice(2)
const { blocks, ...head } = recordTape(Number(length))
const lines = [JSON.stringify(head), ...blocks.map((txs) => JSON.stringify(txs.map(toBase64)))]
writeFileSync(path, `${lines.join('\n')}\n`)
process.stdout.write(`${APP_VERSION}\n`)
