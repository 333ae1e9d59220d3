import { createServer } from 'node:net'
import { expect, it } from 'vitest'
import { freePorts, isFree } from './freePorts.ts'

it('finds different ports that no outgoing connection is given, and none that is refused', async () => {
  const refused: number[] = []
  const ports = await freePorts(5, (port) => {
    if (refused.length >= 3) return true
    refused.push(port)
    return false
  })
  expect(new Set([...ports, ...refused]).size).toBe(8)
  for (const port of ports) expect(port < 32_768 && port >= 1024).toBe(true)
})

it('knows a port that is taken', async () => {
  const [port = 0] = await freePorts(1)
  const server = createServer().listen(port, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  expect(await isFree(port)).toBe(false)
  await new Promise((resolve) => server.close(resolve))
  expect(await isFree(port)).toBe(true)
})
