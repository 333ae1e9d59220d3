import { create } from '@bufbuild/protobuf'
import { describe, expect, it } from 'vitest'
import { InputForecastSchema } from '../../gen/emissions/v10/types_pb.ts'
import { readForecast } from './readForecast.ts'

const merits = new Map([
  ['a', 3],
  ['b', 1],
  ['c', 1],
  ['d', -2],
])
const meritOf = (inferer: string) => merits.get(inferer)

function read(elements: readonly (readonly [string, string])[], most = 12): string {
  const forecastElements = elements.map(([inferer, value]) => ({ inferer, value }))
  return readForecast(create(InputForecastSchema, { forecastElements }), meritOf, most)
    .map(({ inferer, value }) => `${inferer}=${value}`)
    .join(' ')
}

describe('SPEC lifecycle 1.8 step 7 a forecast keeps', () => {
  it('one element per inferer, the first, in the order of addresses', () => {
    expect(
      read([
        ['c', '1'],
        ['a', '2'],
        ['c', '3'],
        ['a', '4'],
      ]),
    ).toBe('a=2 c=1')
  })

  it('AUD-H6 those of the most merit; of equals the lowest address', () => {
    expect(
      read(
        [
          ['d', '1'],
          ['c', '2'],
          ['b', '3'],
          ['a', '4'],
        ],
        2,
      ),
    ).toBe('a=4 b=3')
  })

  it('FL-03 nothing about strangers, and never asks about what cannot be an address', () => {
    const asked: string[] = []
    const forecastElements = ['x', 'a', 'y'.repeat(91), ''].map((inferer) => ({ inferer, value: '0' }))
    const kept = readForecast(
      create(InputForecastSchema, { forecastElements }),
      (inferer) => {
        asked.push(inferer)
        return meritOf(inferer)
      },
      12,
    )
    expect(kept).toEqual([{ inferer: 'a', value: 0 }])
    expect(asked).toEqual(['x', 'a', ''])
  })

  it('AUD-M24 the same whatever the order of different inferers', () => {
    const elements = [
      ['d', '1'],
      ['c', '2'],
      ['b', '3'],
      ['a', '4'],
    ] as const
    expect(read(elements.toReversed(), 3)).toBe(read(elements, 3))
  })
})

describe('FL-39 a forecast is refused', () => {
  it.each(['NaN', 'Infinity', '', '1e-2147483648', '1e999999999', '1e4', '-1001', '9'.repeat(10_000)])(
    'for the value "%s", by the element, also where it speaks of a stranger',
    (value) => {
      expect(() =>
        read([
          ['a', '1'],
          ['x', value],
        ]),
      ).toThrow(/forecast\.forecast_elements\[1\]\.value must be a decimal/)
    },
  )

  it('without elements, with more than 256, and with too much extra data', () => {
    expect(() => read([])).toThrow(/needs at least one/)
    expect(() => read(Array.from({ length: 257 }, () => ['a', '1'] as const))).toThrow(/at most 256 elements/)
    const full = create(InputForecastSchema, {
      forecastElements: [{ inferer: 'a', value: '1' }],
      extraData: new Uint8Array(1025),
    })
    expect(() => readForecast(full, meritOf, 12)).toThrow(/extra_data must be at most 1024 bytes, got "1025 bytes"/)
  })
})
