import { create } from '@bufbuild/protobuf'
import { toUtf8 } from '@starling/protocol/bytes/utf8'
import { type Event, EventSchema } from '@starling/protocol/gen/tendermint/abci/types_pb'
import type { AbciEvent } from './application.ts'

/** Events as protobuf messages; keys and values are bytes in that schema. */
export function abciEvents(events: readonly AbciEvent[]): Event[] {
  return events.map(({ type, attributes }) =>
    create(EventSchema, {
      type,
      attributes: attributes.map(({ key, value, index }) => ({ key: toUtf8(key), value: toUtf8(value), index })),
    }),
  )
}
