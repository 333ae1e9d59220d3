import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What one test has begun and must end. */
export type Scope = {
  /** Does something when the scope closes; the newest first. */
  defer(undo: () => unknown): void
  /** A new empty folder. */
  folder(): string
  close(): Promise<void>
}

/** A scope with nothing in it. */
export function openScope(): Scope {
  const undos: (() => unknown)[] = []
  return {
    defer: (undo) => void undos.push(undo),
    folder() {
      const path = mkdtempSync(join(tmpdir(), 'starling-e2e-'))
      undos.push(() => rmSync(path, { recursive: true, force: true }))
      return path
    },
    async close() {
      for (let undo = undos.pop(); undo !== undefined; undo = undos.pop()) await undo()
    },
  }
}

/** A test that has a scope of its own, closed also when it fails. */
export function scoped<A extends readonly unknown[]>(
  test: (scope: Scope, ...given: A) => Promise<void>,
): (...given: A) => Promise<void> {
  return async (...given) => {
    const scope = openScope()
    try {
      await test(scope, ...given)
    } finally {
      await scope.close()
    }
  }
}
