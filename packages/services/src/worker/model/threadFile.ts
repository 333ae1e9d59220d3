/** URL of a module of this folder for a thread to run. */
export function threadFile(name: string): URL {
  const here = import.meta.url
  // Threads run what was built, also where a test runner runs the sources.
  const at = here.endsWith('.ts') ? here.lastIndexOf('/src/') : -1
  const base = at < 0 ? here : `${here.slice(0, at)}/dist/${here.slice(at + '/src/'.length)}`
  return new URL(`./${name}.js`, base)
}
