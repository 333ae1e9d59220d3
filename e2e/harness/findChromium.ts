import { spawnSync } from 'node:child_process'

/** The command of a Chromium on PATH; undefined where there is none, after a sentence that says what is left out. */
export function findChromium(leftOut: string): string | undefined {
  const names = ['chromium', 'chromium-browser', 'google-chrome']
  const found = names.find((name) => spawnSync(name, ['--version']).status === 0)
  const path = found === undefined ? '' : spawnSync('which', [found], { encoding: 'utf8' }).stdout.trim()
  if (path !== '') return path
  if (process.env.CI !== undefined) throw new Error('Chromium is not on PATH: "apt-get install chromium" installs it.')
  process.stderr.write(`${leftOut}: that needs Chromium, which is not on PATH ("apt-get install chromium").\n`)
  return undefined
}
