import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { eventually } from './eventually.ts'
import { launch } from './launch.ts'
import { openScope } from './scope.ts'
import type { Network } from './startNetwork.ts'

/** The most epochs after which the truth of one can be known. No test lasts so long, so nobody earns a reward. */
const LONGEST_LAG = 100

/**
 * Creates a topic of the user's, with stake and funds, and waits until it opens epochs. Its windows follow each other
 * without a gap; nothing in it settles. Returns its id.
 */
export async function createOwnTopic(network: Network, name: string, epochLength: number): Promise<bigint> {
  const scope = openScope()
  try {
    const length = `${epochLength}`
    const pace = ['--epoch-length', length, '--window', length, '--lag', `${LONGEST_LAG * epochLength}`]
    const topic = ['topic', 'create', '--template', 'volatility', '--name', name, '--fund', '100', '--plain', ...pace]
    await network.json(scope, ...topic)
    const folder = scope.folder()
    writeFileSync(join(folder, `${name}.mjs`), 'export const truth = () => null\n')
    const args = ['reputer', '--topic', name, '--truth', `./${name}.mjs`, '--stake', '100000']
    const reputer = launch(scope, args, { cwd: folder, env: network.env })
    const id = await eventually(`topic ${name}`, async () => {
      const found = (await network.client.topicsUnverified()).find((one) => one.topic?.name === name)
      return found !== undefined && found.newestNonce > 0n ? found.topic?.base?.id : undefined
    })
    await reputer.stop()
    return id
  } finally {
    await scope.close()
  }
}
