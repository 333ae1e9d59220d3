import { createServer, type Server } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { modelInput } from '../../shared/testing/modelInput.ts'
import { httpModel } from './httpModel.ts'

const never = new AbortController().signal
let server: Server
let url = ''

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      const { nonce } = JSON.parse(body)
      if (nonce === 500) response.writeHead(500).end('out of order')
      else if (nonce === 302) response.writeHead(302, { location: '/predict' }).end()
      else if (nonce === 1) response.end('<html>')
      else if (nonce === 2) response.end(`"${'x'.repeat(2 ** 20)}"`)
      else if (nonce !== 3) response.end(JSON.stringify({ path: request.url, method: request.method, nonce }))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

describe('a model behind HTTP', () => {
  it('is asked with POST', async () => {
    for (const base of [url, `${url}/`, `${url}/predict`]) {
      const model = httpModel(base)
      expect(await model.predict?.(modelInput, never)).toEqual({ path: '/predict', method: 'POST', nonce: 4 })
      expect(await model.forecast?.(modelInput, never)).toEqual({ path: '/forecast', method: 'POST', nonce: 4 })
    }
  })

  it.each([
    [500, 'answers with status 500: out of order'],
    [302, 'does not answer'],
    [1, 'answers with "<html>", which is no JSON'],
    [2, 'answers with more than 1 MiB'],
  ])('may fail: %i', async (nonce, reason) => {
    await expect(httpModel(url).predict?.({ ...modelInput, nonce }, never)).rejects.toThrow(reason)
  })

  it('is left when it does not answer', async () => {
    const limit = new AbortController()
    const asked = httpModel(url).predict?.({ ...modelInput, nonce: 3 }, limit.signal)
    limit.abort()
    await expect(asked).rejects.toThrow('does not answer')
  })

  it('is named when nobody is there', async () => {
    await expect(httpModel('http://127.0.0.1:9').predict?.(modelInput, never)).rejects.toThrow(
      'http://127.0.0.1:9/predict does not answer',
    )
  })

  it.each(['nonsense', 'ftp://x', 'http://user:secret@host', 'http://host/?q=1'])('refuses the URL %s', (bad) => {
    expect(() => httpModel(bad)).toThrow('must be like http://127.0.0.1:8000')
    expect(() => httpModel(bad)).not.toThrow('secret')
  })
})
