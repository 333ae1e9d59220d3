import type { Io } from '../io.ts'

/** Opens an address in the user's browser; where there is none, says what to do instead. Never rejects. */
export async function openBrowser({ stderr }: Pick<Io, 'stderr'>, url: string): Promise<void> {
  const sayNo = (why: string): void => {
    stderr.write(`No browser could be opened (${why}). Open ${url} yourself.\n`)
  }
  try {
    const { default: open } = await import('open')
    const opener = await open(url)
    opener.once('exit', (code) => {
      if (code !== null && code !== 0) sayNo(`the system's opener ended with ${code}`)
    })
  } catch (error) {
    sayNo(error instanceof Error ? error.message : String(error))
  }
}
