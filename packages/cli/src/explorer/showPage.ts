import type { Io } from '../io.ts'
import { findExplorer } from '../node/findExplorer.ts'
import { openBrowser } from './openBrowser.ts'

/** Says where a node shows its page, and opens it where that was asked for. */
export function showPage({ stderr }: Pick<Io, 'stderr'>, restUrl: string, open: boolean): void {
  if (findExplorer() !== undefined) stderr.write(`See it, checked in the browser: ${restUrl}/\n`)
  else if (open) stderr.write('There is no page to open: it is not built. Build it with "npm run build".\n')
  if (open && findExplorer() !== undefined) void openBrowser({ stderr }, `${restUrl}/`)
}
