import { expect, it } from 'vitest'
import { hrefForNode, readNodeAddress } from './nodeAddress.ts'

it('is the origin of the page, with RPC beside it', () => {
  expect(readNodeAddress('http://127.0.0.1:1317/#/topic/1')).toEqual({
    url: 'http://127.0.0.1:1317',
    rpc: 'http://127.0.0.1:1317/rpc',
  })
})

it('is the node of the parameter, and RPC where it is said to stand', () => {
  expect(readNodeAddress('https://x.org/page/?node=http://n:1/a/')).toEqual({
    url: 'http://n:1/a',
    rpc: 'http://n:1/a/rpc',
  })
  expect(readNodeAddress('https://x.org/?node=http://n:1&rpc=http://n:2/').rpc).toBe('http://n:2')
})

it('the same page for another node keeps the view', () => {
  const href = hrefForNode('https://x.org/page/?node=http://n:1&rpc=http://n:2#/topic/1', 'http://m:3')
  expect(href).toBe('https://x.org/page/?node=http%3A%2F%2Fm%3A3#/topic/1')
  expect(readNodeAddress(href).url).toBe('http://m:3')
})
