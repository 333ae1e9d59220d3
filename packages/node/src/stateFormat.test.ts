import { clone } from '@bufbuild/protobuf'
import { FileDescriptorProtoSchema } from '@bufbuild/protobuf/wkt'
import { file_emissions_v9_params } from '@starling/protocol/gen/emissions/v9/params_pb'
import { expect, it } from 'vitest'
import { formatOf, stateFormat } from './stateFormat.ts'

it('is a number and a digest', () => {
  expect(stateFormat).toMatch(/^[0-9]+-[0-9a-f]{8}$/)
})

it('is another one as soon as a record has a field more or less', () => {
  const proto = clone(FileDescriptorProtoSchema, file_emissions_v9_params.proto)
  const asItIs = formatOf([{ ...file_emissions_v9_params, proto }])
  expect(asItIs).toBe(formatOf([file_emissions_v9_params]))
  proto.messageType[0]?.field.pop()
  expect(formatOf([{ ...file_emissions_v9_params, proto }])).not.toBe(asItIs)
})
