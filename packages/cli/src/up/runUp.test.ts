import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { runUp } from './runUp.ts'
import type { Report } from './report.ts'
import { createTestIo } from '../testing/testIo.ts'

const home = mkdtempSync(join(tmpdir(), 'starling-up-'))
afterAll(() => rmSync(home, { recursive: true }))

async function up(epochs: number, reset: boolean): Promise<Report> {
  const io = createTestIo()
  await runUp({
    io,
    json: true,
    home,
    seed: 'test',
    reset,
    pace: 2,
    epochs,
    exit: true,
    report: undefined,
    ports: { rest: 0, rpc: 0, metrics: 0 },
    stop: new AbortController().signal,
  })
  return JSON.parse(io.stdoutText())
}
