import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { type Plugin, rolldown } from 'rolldown'

/** A script for a page, what it was made of, and its sizes in bytes. */
export type PageBundle = {
  readonly code: string
  readonly imports: readonly string[]
  readonly modules: readonly string[]
  readonly bytes: number
  readonly gzipBytes: number
}

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Bundles a source and all it needs as one script without imports. Throws where it needs what no browser has. */
export async function bundleForPage(input: string): Promise<PageBundle> {
  const { ownSources }: { ownSources: () => Plugin } = await import(`${root}scripts/ownSources.mjs`)
  const bundle = await rolldown({
    input,
    cwd: root,
    platform: 'browser',
    plugins: [ownSources()],
    onLog(level, { code, message }) {
      if (code === 'UNRESOLVED_IMPORT') throw new Error(`The bundle needs what no browser has: ${message}`)
      if (level === 'warn') process.stderr.write(`${message}\n`)
    },
  })
  const { output } = await bundle.generate({ format: 'iife', minify: true })
  await bundle.close()
  const [{ code, imports, dynamicImports, moduleIds }] = output
  return {
    code,
    imports: [...imports, ...dynamicImports],
    modules: moduleIds,
    bytes: Buffer.byteLength(code),
    gzipBytes: gzipSync(code).length,
  }
}
