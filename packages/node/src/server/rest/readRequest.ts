import { create, type DescMessage, type Message } from '@bufbuild/protobuf'
import { QueryError } from '../../app/queryError.ts'
import { MAX_PAGE } from '../limits.ts'
import { readField, readSingle } from './readField.ts'

/** Parameters of a path and a query string: name -> values in order. */
export type Parameters = ReadonlyMap<string, readonly string[]>

type Fields = { [localName: string]: unknown }

/** Parameters that newer clients of the reference always send, for fields that our schemas do not have yet. */
const ignored: Readonly<Record<string, readonly string[]>> = {
  'cosmos.bank.v1beta1.QueryAllBalancesRequest': ['resolve_denom'],
  'cosmos.bank.v1beta1.QuerySpendableBalancesRequest': ['resolve_denom'],
}

/**
 * Builds a query's request from text parameters: fields by their name in the schema or in lowerCamelCase, nested ones
 * with dots (`pagination.limit`). Throws a `QueryError` that names the parameter, what it must be and what it is.
 */
export function readRequest(schema: DescMessage, parameters: Parameters): Message {
  const root: Fields = {}
  for (const [name, texts] of parameters) {
    if (ignored[schema.typeName]?.includes(name) !== true) setField(schema, root, name, texts)
  }
  return create(schema, root)
}

function setField(schema: DescMessage, root: Fields, name: string, texts: readonly string[]): void {
  const path = name.split('.')
  let at = schema
  let fields = root
  for (const [depth, part] of path.entries()) {
    const field = at.fields.find((candidate) => candidate.name === part || candidate.jsonName === part)
    if (field === undefined) throw unknownParameter(schema, name)
    const isLast = depth === path.length - 1
    if (isLast) {
      fields[field.localName] =
        field.fieldKind === 'list' ? readField(field, name, texts) : readSingle(field, name, texts)
      refuseHugePage(at, part, fields[field.localName])
      return
    }
    if (field.fieldKind !== 'message') throw unknownParameter(schema, name)
    const inner = fields[field.localName] ?? {}
    fields[field.localName] = inner
    // Only this function writes here, and only objects of fields.
    fields = inner as Fields
    at = field.message
  }
}

function unknownParameter(schema: DescMessage, name: string): QueryError {
  const known = schema.fields.flatMap((field) =>
    field.fieldKind === 'message' ? field.message.fields.map((inner) => `${field.name}.${inner.name}`) : [field.name],
  )
  const takes = known.length === 0 ? 'it takes none' : `it takes ${known.join(', ')}`
  return new QueryError('INVALID_ARGUMENT', `"${name.slice(0, 80)}" is no parameter of this query; ${takes}`)
}

function refuseHugePage({ typeName }: DescMessage, name: string, value: unknown): void {
  if (typeName !== 'cosmos.base.query.v1beta1.PageRequest' || name !== 'limit') return
  if (typeof value !== 'bigint' || value <= BigInt(MAX_PAGE)) return
  const most = `pagination.limit is at most ${MAX_PAGE}, got ${value}; ask page by page`
  throw new QueryError('INVALID_ARGUMENT', most)
}
