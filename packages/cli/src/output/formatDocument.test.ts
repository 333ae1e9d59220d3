import { expect, it } from 'vitest'
import { formatDocument } from './formatDocument.ts'

it('shows fields as lines, records inside as blocks, and lists of records as tables', () => {
  const document = {
    topicId: 1,
    value: 1 / 3,
    nothing: null,
    labels: ['down', 'up'],
    reports: [
      { reputer: 'a', value: 1.5 },
      { reputer: 'bob', value: 10 },
    ],
    forecasts: [{ forecaster: 'f', elements: [{ inferer: 'w', value: -1 }] }],
    network: { combined: [2] },
  }
  expect(formatDocument(document)).toBe(
    `topic id: 1
value:    0.333333
nothing:  -
labels:   down, up
reports:
  REPUTER  VALUE
  a          1.5
  bob         10
forecasts:
  - forecaster: f
    elements:
      INFERER  VALUE
      w           -1
network:
  combined: 2
`,
  )
})

it('shows nothing that a terminal would obey', () => {
  expect(formatDocument({ name: 'a\u001b[2Jb\nc' })).toBe('name: a?[2Jb?c\n')
})
