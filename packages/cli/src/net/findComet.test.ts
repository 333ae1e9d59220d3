import { mkdirSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { COMET_VERSION } from '@starling/node/engine/cometbft/cometVersion'
import { describe, expect, it } from 'vitest'
import { followedIo } from '../testing/liveRun.ts'
import { cometFile, findComet } from './findComet.ts'
import { installComet } from './installComet.ts'
import { tempHome } from './testing/tempHome.ts'

/** A program that says a version. */
function program(file: string, body: string): string {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `#!/bin/sh\n${body}\n`, { mode: 0o755 })
  return file
}

describe('CometBFT', () => {
  it('is what net install made, else what is on PATH, at the pinned version', async () => {
    const [home, old, good] = [tempHome(), tempHome(), tempHome()]
    program(join(old, 'cometbft'), 'echo 1.0.1')
    const onPath = program(join(good, 'cometbft'), `echo ${COMET_VERSION}`)
    expect(await findComet(home, ['', old, good].join(delimiter))).toBe(onPath)
    const installed = program(cometFile(home), `echo v${COMET_VERSION}`)
    expect(await findComet(home, good)).toBe(installed)
  })

  it('is missed with how to get it', async () => {
    await expect(findComet('/nowhere', '')).rejects.toThrow(
      `The network needs CometBFT ${COMET_VERSION}. It is neither on PATH nor installed. "starling net install" builds it once`,
    )
  })

  it('of another version, or one that does not run, is named', async () => {
    const [old, broken] = [tempHome(), tempHome()]
    program(join(old, 'cometbft'), 'echo 1.0.1')
    program(join(broken, 'cometbft'), 'exit 3')
    await expect(findComet('/nowhere', [old, broken].join(delimiter))).rejects.toThrow(
      `But ${join(old, 'cometbft')} is 1.0.1 and ${join(broken, 'cometbft')} is not one that runs.`,
    )
  })
})

describe('net install', () => {
  it('says what is missing where there is no Go', async () => {
    const { io } = followedIo({ PATH: tempHome() })
    await expect(installComet({ io, home: tempHome() })).rejects.toThrow(
      `The Go tool chain is not on PATH, and CometBFT is built with it. Install Go (https://go.dev/dl), or put a cometbft ${COMET_VERSION} on PATH.`,
    )
  })

  it('builds the pinned version into the home folder, once', async () => {
    const [home, bin] = [tempHome(), tempHome()]
    program(
      join(bin, 'go'),
      `echo "$@"; printf '#!/bin/sh\\necho ${COMET_VERSION}\\n' > "$GOBIN/cometbft"; chmod +x "$GOBIN/cometbft"`,
    )
    const first = followedIo({ PATH: `${bin}${delimiter}${process.env.PATH ?? ''}` })
    expect(await installComet({ io: first.io, home })).toBe(cometFile(home))
    expect(first.text.stderr).toContain(`install github.com/cometbft/cometbft/cmd/cometbft@v${COMET_VERSION}\n`)
    const second = followedIo({ PATH: '' })
    expect(await installComet({ io: second.io, home })).toBe(cometFile(home))
    expect(second.text.stderr).toBe(`CometBFT ${COMET_VERSION} is there already.\n`)
  })

  it('passes on that Go has failed', async () => {
    const bin = tempHome()
    program(join(bin, 'go'), 'echo no network >&2; exit 1')
    const { io, text } = followedIo({ PATH: `${bin}${delimiter}${process.env.PATH ?? ''}` })
    await expect(installComet({ io, home: tempHome() })).rejects.toThrow('Go could not build CometBFT (status 1)')
    expect(text.stderr).toContain('no network')
  })
})
