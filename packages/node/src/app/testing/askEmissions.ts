import type { DescMessage, MessageInitShape, MessageShape } from '@bufbuild/protobuf'
import type * as schemas from '@starling/protocol/gen/emissions/v10/query_pb'
import { file_emissions_v10_query } from '@starling/protocol/gen/emissions/v10/query_pb'
import type { Application } from '../application.ts'
import { askQuery } from './askQuery.ts'

type Schemas = typeof schemas
type MethodOf<K> = K extends `${infer M}RequestSchema` ? M : never
/** A method of the reference's query service. */
export type EmissionsMethod = MethodOf<keyof Schemas>
type SchemaOf<N extends string> = N extends keyof Schemas ? Extract<Schemas[N], DescMessage> : never

/** Asks one method of the reference's query service by its name; a refusal is thrown as an error with its text. */
export function askEmissions<M extends EmissionsMethod>(
  application: Application,
  method: M,
  fields?: MessageInitShape<SchemaOf<`${M}RequestSchema`>>,
): MessageShape<SchemaOf<`${M}ResponseSchema`>> {
  const [request, response] = ['Request', 'Response'].map((end) => schemaOf(method + end))
  if (request === undefined || response === undefined) throw new Error(`there is no method ${method}`)
  // The schemas are those of the method by their names, which is more than their types say.
  return askQuery<never, never>(application, [request as never, response as never], fields as never)
}

const schemaOf = (name: string): DescMessage | undefined =>
  file_emissions_v10_query.messages.find((schema) => schema.name === name)
