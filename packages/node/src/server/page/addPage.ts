import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import type { FastifyInstance } from 'fastify'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
}

/** Nothing from elsewhere, no inline script; only the address of the node that is asked is open. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  'connect-src *',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/**
 * Serves a static page from a folder: `index.html` at `/`, all other files under their own names. They are read once;
 * names of assets hold a hash of their content and may be kept for ever. Throws where the folder cannot be read.
 */
export function addPage(app: FastifyInstance, folder: string): void {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  for (const entry of files) {
    const file = join(entry.parentPath, entry.name)
    const path = file.slice(folder.length).replaceAll('\\', '/').replace(/^\/?/, '/')
    const type = types[extname(file)]
    if (type === undefined) throw new Error(`The page has a file of unknown type: ${path}`)
    const body = readFileSync(file)
    const isEntry = path === '/index.html'
    const headers = {
      'content-type': type,
      'cache-control': isEntry ? 'no-cache' : 'public, max-age=31536000, immutable',
      'content-security-policy': POLICY,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    }
    app.get(isEntry ? '/' : path, (_request, reply) => reply.headers(headers).send(body))
  }
}
