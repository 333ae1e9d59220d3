import { once } from 'node:events'
import { createServer } from 'node:net'

/** Address of everything: nobody else's machine can reach it. */
export const LOOPBACK = '127.0.0.1'

/**
 * Below the ports that systems give to outgoing connections (from 32768 on Linux, from 49152 elsewhere). A port from among
 * those could be taken at any time while its server is away, even by a client that waits for that very server: on Linux a
 * connection to such a port may come out of the port itself, and then connects to itself.
 */
const FIRST = 14_000
const COUNT = 12_000

/**
 * So many ports at which nobody listens now, and which no connection takes. `claim` may refuse one, as where somebody else
 * is about to listen there.
 */
export async function freePorts(
  count: number,
  claim: (port: number) => boolean = () => true,
): Promise<readonly number[]> {
  const ports: number[] = []
  const start = Math.floor(Math.random() * COUNT)
  for (let i = 0; i < COUNT && ports.length < count; i++) {
    const port = FIRST + ((start + i) % COUNT)
    if ((await isFree(port)) && claim(port)) ports.push(port)
  }
  if (ports.length === count) return ports
  throw new Error(
    `there are no ${count} free ports from ${FIRST} to ${FIRST + COUNT - 1} on ${LOOPBACK}: stop what listens there, or name ports yourself`,
  )
}

/** Whether nobody listens at a port of this machine. */
export async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, LOOPBACK)
  try {
    await once(server, 'listening')
  } catch {
    return false
  }
  server.close()
  await once(server, 'close')
  return true
}
