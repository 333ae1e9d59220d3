// determinism-allow-file: how a database file is mapped; what is stored is the same
const GIGABYTE = 2 ** 30

/**
 * LMDB's map, large from the start: each time it grows the old map stays, and the same pages count twice as memory of the
 * process. It is address space, not memory; Windows would fill the file.
 */
export const MAP_OPTIONS: { readonly mapSize?: number } = process.platform === 'win32' ? {} : { mapSize: 16 * GIGABYTE }
