import { fileURLToPath } from 'node:url'

const packages = fileURLToPath(new URL('../packages/', import.meta.url))

/**
 * A plug-in of the bundler: our packages by their sources. A source goes through the bundler's own resolver, which notes
 * its package's type: without it, a file that is named both ways would be bundled by the way that was seen first, and
 * two builds would differ.
 */
export const ownSources = () => ({
  name: 'own-sources',
  resolveId(source, importer) {
    const [, name, inside = 'index'] = /^@starling\/([a-z]+)(?:\/(.+))?$/.exec(source) ?? []
    if (name === undefined) return undefined
    return this.resolve(`${packages}${name}/src/${inside}.ts`, importer, { skipSelf: true })
  },
})
