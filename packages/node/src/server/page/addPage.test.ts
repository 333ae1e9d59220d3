import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startTestNode, type TestNode } from '../testing/startTestNode.ts'
import { addPage } from './addPage.ts'

let folder: string
let node: TestNode | undefined
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'page-'))
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>x</title>')
  writeFileSync(join(folder, 'assets', 'a-1.js'), 'export {}')
})
afterEach(async () => {
  await node?.close()
  node = undefined
  rmSync(folder, { recursive: true })
})

async function start(): Promise<string> {
  node = await startTestNode([], { extraRoutes: (app) => addPage(app, folder) })
  return node.restUrl
}

test('a page stands at the root, beside REST, under a strict policy', async () => {
  const url = await start()
  const page = await fetch(url)
  expect([page.status, await page.text()]).toEqual([200, '<!doctype html><title>x</title>'])
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
  expect(page.headers.get('cache-control')).toBe('no-cache')
  expect(page.headers.get('x-content-type-options')).toBe('nosniff')
  const policy = page.headers.get('content-security-policy') ?? ''
  expect(policy).toMatch(
    /default-src 'none'; script-src 'self'; worker-src 'self';.*connect-src \*;.*frame-ancestors 'none'/,
  )
  expect(policy).not.toMatch(/unsafe/)
  expect((await fetch(`${url}/starling/v1/fees`)).headers.get('content-type')).toMatch(/json/)
})

test('its files are kept for ever, and nothing else of the folder or around it is served', async () => {
  const url = await start()
  const script = await fetch(`${url}/assets/a-1.js`)
  expect([script.status, script.headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8'])
  expect(script.headers.get('cache-control')).toMatch(/immutable/)
  for (const path of ['/assets', '/assets/', '/assets/..%2findex.html', '/index.html.map', '/%2e%2e/etc/passwd']) {
    expect((await fetch(`${url}${path}`)).status).toBeGreaterThanOrEqual(400)
  }
  expect((await fetch(url, { method: 'POST', body: 'x' })).status).toBeGreaterThanOrEqual(400)
})

test('a file of an unknown type is refused at the start', async () => {
  writeFileSync(join(folder, 'a.exe'), '')
  await expect(start()).rejects.toThrow('a file of unknown type: /a.exe')
})
