import { expect, it } from 'vitest'
import { EngineHalted } from './engineHalted.ts'

it('DET-18 an engine that is halted says why and keeps the cause', () => {
  const cause = new Error('the disk is gone.')
  const halted = new EngineHalted('block 7', cause)
  expect(halted.message).toContain('block 7 failed: the disk is gone.')
  expect(halted.cause).toBe(cause)
})
