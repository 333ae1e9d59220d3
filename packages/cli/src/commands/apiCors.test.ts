import { expect, it } from 'vitest'
import { runWith } from '../testing/testIo.ts'

it.each(['example.com', 'https://example.com/', 'https://example.com/page', '', 'null', '**'])(
  'API-06 --cors %j is no origin: refused before anything starts',
  async (origin) => {
    for (const command of [['up'], ['node', 'start']]) {
      const { code, stdout, stderr } = await runWith([...command, '--cors', origin])
      expect([code, stdout]).toEqual([2, ''])
      expect(stderr).toContain('--cors must be an origin such as https://example.com, or *')
    }
  },
)
