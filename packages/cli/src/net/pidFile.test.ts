import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { endProcess } from './endProcess.ts'
import { readPidFile, removePidFile, signalProcess, writePidFile } from './pidFile.ts'
import { processIdentity } from './processIdentity.ts'
import { tempHome } from './testing/tempHome.ts'

const forever = ['-e', "process.stdout.write('up'); setInterval(() => {}, 1000)"]

describe('a pid file', () => {
  it('knows its process while that runs', async () => {
    const file = join(tempHome(), 'a.pid')
    const child = spawn(process.execPath, forever, { stdio: ['ignore', 'pipe', 'ignore'] })
    await once(child.stdout, 'data')
    const { pid = 0 } = child
    writePidFile(file, pid)
    const known = readPidFile(file)
    expect(known).toEqual({ pid, identity: processIdentity(pid) })
    const ended = once(child, 'exit')
    if (known !== undefined) await endProcess(known, 10_000)
    expect(await ended).toEqual([null, 'SIGTERM'])
    expect(readPidFile(file)).toBeUndefined()
  })

  it('ends by force what does not end when asked', async () => {
    const deaf = ['-e', "process.on('SIGTERM', () => {}); process.stdout.write('up'); setInterval(() => {}, 1000)"]
    const child = spawn(process.execPath, deaf, { stdio: ['ignore', 'pipe', 'ignore'] })
    await once(child.stdout, 'data')
    const file = join(tempHome(), 'a.pid')
    writePidFile(file, child.pid ?? 0)
    const known = readPidFile(file)
    const ended = once(child, 'exit')
    if (known !== undefined) await endProcess(known, 200)
    expect(await ended).toEqual([null, 'SIGKILL'])
  })

  it('never stands for another process that has the number by now', () => {
    const file = join(tempHome(), 'a.pid')
    // This very process, which a signal would end, under the identity of one that was there before.
    const other = { pid: process.pid, identity: 'another boot/1' }
    writeFileSync(file, JSON.stringify(other))
    expect(readPidFile(file)).toBeUndefined()
    signalProcess(other, 'SIGKILL')
    expect(processIdentity(process.pid)).not.toBe(other.identity)
  })

  it('is as good as none where it is missing or damaged', () => {
    const file = join(tempHome(), 'a.pid')
    expect(readPidFile(file)).toBeUndefined()
    for (const text of ['', '{', '7', '{"pid":0,"identity":""}', '{"pid":"1","identity":"x"}', '{"pid":1}']) {
      writeFileSync(file, text)
      expect(readPidFile(file)).toBeUndefined()
    }
    removePidFile(file)
    removePidFile(file)
  })
})

describe('the identity of a process', () => {
  it('is the same every time, and differs between processes', () => {
    const own = processIdentity(process.pid)
    expect(own).toEqual(expect.any(String))
    expect(processIdentity(process.pid)).toBe(own)
    expect(processIdentity(1)).not.toBe(own)
  })

  it('is that of nobody where a number is not taken', () => {
    expect(processIdentity(2 ** 30)).toBeUndefined()
  })
})
