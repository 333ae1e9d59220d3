import { once } from 'node:events'
import { connect, createServer, type Server } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { type Relay, startRelay } from './relay.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close()
})

/** A server that says its name to everybody. */
async function named(name: string): Promise<number> {
  const server: Server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.write(name)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  closing.push(() => server.close())
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port')
  return address.port
}

function reach({ url }: Relay): ReturnType<typeof connect> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.on('error', () => undefined)
  return socket
}

describe('a relay', () => {
  it('hands each connection to the port of that moment, and drops the old ones when told', async () => {
    const [one, two] = [await named('one'), await named('two')]
    let port: number | undefined = one
    const relay = await startRelay(() => port)
    closing.push(() => relay.close())
    const first = reach(relay)
    expect(String(await once(first, 'data'))).toBe('one')
    port = two
    const gone = once(first, 'close')
    relay.drop()
    await gone
    const [said]: readonly unknown[] = await once(reach(relay), 'data')
    expect(String(said)).toBe('two')
  })

  it('ends connections while no port is right, and those to a port where nobody is', async () => {
    const dead = await named('dead')
    for (const close of closing.splice(0)) await close()
    let port: number | undefined
    const relay = await startRelay(() => port)
    closing.push(() => relay.close())
    await once(reach(relay), 'close')
    port = dead
    await once(reach(relay), 'close')
    port = await named('alive')
    expect(String(await once(reach(relay), 'data'))).toBe('alive')
  })
})
