import { existsSync, mkdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type Keeper, keepAlive } from './keepAlive.ts'
import { nodePaths } from './netPaths.ts'
import { readPidFile, signalProcess } from './pidFile.ts'
import { tempHome } from './testing/tempHome.ts'

/** A process that is kept, what was said of it, and a way to wait for what its log shows. */
function kept(script: string): {
  readonly keeper: Keeper
  readonly paths: ReturnType<typeof nodePaths>
  said(count: number): Promise<readonly string[]>
  ran(count: number): Promise<void>
} {
  const paths = nodePaths(tempHome(), 1)
  mkdirSync(paths.home, { recursive: true })
  const sentences: string[] = []
  const listeners = new Set<() => void>()
  /** Looks again whenever something is said, logged or written down. */
  const until = (isSo: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const watcher = watch(paths.home)
      const look = (): void => {
        if (!isSo()) return
        watcher.close()
        listeners.delete(look)
        resolve()
      }
      watcher.on('change', look)
      listeners.add(look)
      look()
    })
  const keeper = keepAlive({
    ...{ node: 1, role: 'app', paths },
    file: process.execPath,
    args: ['-e', script],
    say: (sentence) => {
      sentences.push(sentence)
      for (const look of listeners) look()
    },
  })
  const runs = (): number => readFileSync(paths.log('app'), 'utf8').split('at work').length - 1
  return {
    keeper,
    paths,
    said: async (count) => {
      await until(() => sentences.length >= count)
      return sentences
    },
    ran: (count) =>
      until(() => existsSync(paths.log('app')) && runs() >= count && readPidFile(paths.pid('app')) !== undefined),
  }
}

const forever = "console.log('at work'); setInterval(() => {}, 1000)"

describe('a process that is kept alive', () => {
  it('is started again whatever its status was', async () => {
    const { keeper, said } = kept('process.exit(0)')
    expect((await said(2)).slice(0, 2)).toEqual([
      'node 1: the application ended with status 0; starting it again.',
      'node 1: the application ended with status 0; starting it again.',
    ])
    await keeper.stop()
    expect(keeper.isUp()).toBe(false)
  })

  it('is started again when somebody kills it', async () => {
    const { keeper, paths, said, ran } = kept(forever)
    await ran(1)
    const first = readPidFile(paths.pid('app'))
    if (first !== undefined) signalProcess(first, 'SIGKILL')
    expect(await said(1)).toEqual(['node 1: the application was ended by SIGKILL; starting it again.'])
    await ran(2)
    expect(readPidFile(paths.pid('app'))).not.toEqual(first)
    expect(keeper.isUp()).toBe(true)
    await keeper.stop()
    expect([keeper.isUp(), existsSync(paths.pid('app'))]).toEqual([false, false])
  })

  it('stays dead while it is marked, and comes back without the mark', async () => {
    const { keeper, paths, said, ran } = kept(forever)
    await ran(1)
    writeFileSync(paths.held('app'), '')
    const known = readPidFile(paths.pid('app'))
    if (known !== undefined) signalProcess(known, 'SIGKILL')
    expect(await said(1)).toEqual(['node 1: the application was ended by SIGKILL, on purpose.'])
    expect([keeper.isUp(), readPidFile(paths.pid('app'))]).toEqual([false, undefined])
    rmSync(paths.held('app'))
    await ran(2)
    await keeper.stop()
  })

  it('is said to be impossible to start where that is so', async () => {
    const paths = nodePaths(tempHome(), 2)
    mkdirSync(paths.home, { recursive: true })
    const said: string[] = []
    await new Promise<void>((resolve) => {
      const keeper = keepAlive({
        ...{ node: 2, role: 'engine', paths, file: '/nowhere/cometbft', args: [] },
        say: (sentence) => {
          said.push(sentence)
          void keeper.stop().then(resolve)
        },
      })
    })
    expect(said).toEqual(['node 2: CometBFT cannot be started (spawn /nowhere/cometbft ENOENT); starting it again.'])
  })
})
