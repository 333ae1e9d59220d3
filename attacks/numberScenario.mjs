import { parseDecimal } from '@starling/protocol/num/parseDecimal'

const strange = [
  ...['NaN', 'nan', 'Infinity', '-Infinity', 'inf', '1e999', '-1e999', '1e99999', '0x10', '0b1', '0o7', '1_000', '1,5'],
  ...[
    '',
    ' ',
    '1 ',
    ' 1',
    '\t1',
    '1\n',
    '+1',
    '--1',
    '1-',
    '1e',
    'e1',
    '1e+',
    '.',
    '-',
    '-.',
    '١٢',
    '１',
    '½',
    '1\u0000',
  ],
  ...[
    '1.2.3',
    '1e1e1',
    '1e1.5',
    '0x1p3',
    'true',
    'null',
    '[]',
    '{}',
    '1n',
    '1f',
    '∞',
    '1e-999',
    '-0',
    '0e999',
    '00',
    '01',
  ],
  ...['1.', '.5', '9'.repeat(1_000_000), `0.${'1'.repeat(1_000_000)}`, `1e${'9'.repeat(1000)}`, '-'.repeat(100)],
  ...Array.from({ length: 70 }, (_, i) => `${'9'.repeat(i + 1)}`),
  ...Array.from({ length: 70 }, (_, i) => `0.${'0'.repeat(i)}1`),
]

/** Adversaries G11: strings that are no numbers; `finite` counts the accepted ones that are not finite, −0 or tiny. */
export const numberScenario = {
  id: 'G11',
  title: `${strange.length} strange strings for a number`,
  criteria: { unsound: 0 },
  run() {
    const accepted = strange.map(parseDecimal).filter((value) => typeof value === 'number')
    const sound = accepted.filter(
      (value) =>
        Number.isFinite(value) && !Object.is(value, -0) && (value === 0 || Math.abs(value) >= 2.2250738585072014e-308),
    )
    return { contribution: { unsound: accepted.length - sound.length }, reference: {} }
  },
}
