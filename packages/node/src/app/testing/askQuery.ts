import {
  create,
  fromBinary,
  type Message,
  type MessageInitShape,
  type MessageShape,
  toBinary,
} from '@bufbuild/protobuf'
import type { GenMessage } from '@bufbuild/protobuf/codegenv2'
import type { Application } from '../application.ts'

/** Services of the table by the package of their messages. */
const services: Readonly<Record<string, string>> = {
  'emissions.v10': 'QueryService',
  'starling.v1': 'Query',
  'cosmos.bank.v1beta1': 'Query',
}

/** Asks the application as a client does, by bytes; a refusal is thrown as an error with its text. */
export function askQuery<I extends Message, O extends Message>(
  application: Application,
  [request, response]: readonly [GenMessage<I>, GenMessage<O>],
  fields?: MessageInitShape<GenMessage<NoInfer<I>>>,
): MessageShape<GenMessage<O>> {
  const end = request.typeName.lastIndexOf('.')
  const [name, method] = [request.typeName.slice(0, end), request.typeName.slice(end + 1).replace(/Request$/, '')]
  const path = `/${name}.${services[name] ?? ''}/${method}`
  const { code, log, value } = application.query({
    path,
    data: toBinary(request, create(request, fields)),
    height: 0n,
    prove: false,
  })
  if (code !== 0) throw new Error(log)
  return fromBinary(response, value)
}
