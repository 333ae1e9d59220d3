import { join } from 'node:path'
import type { Role } from './role.ts'

/** Folder of the network below the home folder. */
export function netDirectory(home: string): string {
  return join(home, 'net')
}

/** Where the files of one node are. */
export type NodePaths = {
  /** Home of both processes, and their working directory: the ABCI socket lies in it. */
  readonly home: string
  readonly config: string
  readonly data: string
  log(role: Role): string
  /** Who runs. */
  pid(role: Role): string
  /** Is there while a process was ended on purpose and must not be started again. */
  held(role: Role): string
}

/** Name of the ABCI socket in a node's home. Relative, because a socket's whole path may have 100 bytes at most. */
export const ABCI_SOCKET = 'app.sock'

/** The files of a node, counted from 1, in the network's folder. */
export function nodePaths(directory: string, node: number): NodePaths {
  const home = join(directory, `node${node}`)
  return {
    home,
    config: join(home, 'config'),
    data: join(home, 'data'),
    log: (role) => join(home, `${role}.log`),
    pid: (role) => join(home, `${role}.pid`),
    held: (role) => join(home, `${role}.killed`),
  }
}
