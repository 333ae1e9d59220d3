import { type DescMessage, fromJsonString, type MessageShape } from '@bufbuild/protobuf'
import { QueryError } from '../../app/queryError.ts'

/**
 * A request from a body of proto JSON, with field names in snake_case or lowerCamelCase. Throws a `QueryError` that
 * names the field, what it must be and what it is.
 */
export function readBody<D extends DescMessage>(schema: D, body: unknown): MessageShape<D> {
  const text = typeof body === 'string' ? body : ''
  const wanted = `a JSON object with the fields ${namesOf(schema)}`
  if (text.trim() === '') throw refused(`the body is empty; send ${wanted}`)
  if (!isObject(text)) throw refused(`the body is no JSON object; send ${wanted}`)
  try {
    return fromJsonString(schema, text)
  } catch (error) {
    throw refused(explain(schema, error instanceof Error ? error.message : String(error)))
  }
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
  } catch {
    return false
  }
}

const REASON = /^cannot decode (message|field|enum) ([\w.]+) from JSON: (.*)$/s

/** The library's reason as a sentence of ours; as it is where it has another form. */
function explain(schema: DescMessage, message: string): string {
  const [, kind, name = '', reason = ''] = REASON.exec(message) ?? []
  const short = reason.slice(0, 200)
  if (kind === 'field')
    return `${name.slice(name.lastIndexOf('.') + 1)}: ${short.replace('Uint8Array', 'bytes in base64')}`
  if (kind === 'enum') {
    const field = schema.fields.find((candidate) => candidate.enum?.typeName === name)
    const values = field?.enum?.values.map(({ name: value, number }) => `${value} (${number})`) ?? []
    return `${field?.name ?? name} must be one of ${values.join(', ')}, got ${short}`
  }
  const unknown = /^key (".*") is unknown$/s.exec(reason)?.[1]
  if (unknown !== undefined) return `${unknown} is no field of this request; it has ${namesOf(schema)}`
  return `the body is no ${schema.typeName}: ${reason === '' ? message.slice(0, 200) : short}`
}

function namesOf({ fields }: DescMessage): string {
  return fields.map(({ name }) => name).join(', ')
}

function refused(sentence: string): QueryError {
  return new QueryError('INVALID_ARGUMENT', sentence)
}
