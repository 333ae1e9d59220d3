import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { addPage } from '@starling/node/server/page/addPage'
import type { NodeOptions } from '@starling/node/startNode'

type AddRoutes = NonNullable<NodeOptions['extraRoutes']>

/** What serves the explorer at the root of a REST server; undefined where its page is not built. */
export function findExplorer(): AddRoutes | undefined {
  const manifest = createRequire(import.meta.url).resolve('@starling/web/package.json')
  const folder = join(dirname(manifest), 'dist', 'page')
  return existsSync(join(folder, 'index.html')) ? (app) => addPage(app, folder) : undefined
}
