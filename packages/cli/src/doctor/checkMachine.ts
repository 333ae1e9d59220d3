import { existsSync, statSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { openKeyStore } from '../keystore/keyStore.ts'
import { type Finding, fine } from './finding.ts'

const GIB = 2 ** 30
const LITTLE = GIB
const HARDLY_ANY = GIB / 10

/** What can be seen without a node: the versions, the keys and the disk of this machine. */
export async function checkMachine(home: string): Promise<readonly Finding[]> {
  return [checkNodeJs(process.versions.node), await checkKeys(home), await checkDisk(home)]
}

/** Whether Node.js is new enough. */
export function checkNodeJs(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const old = major < 20 || (major === 20 && minor < 19)
  if (!old) return fine('Node.js', version)
  return { check: 'Node.js', status: 'fail', found: version, advice: 'Install Node.js 20.19 or newer.' }
}

async function checkKeys(home: string): Promise<Finding> {
  const check = 'keys'
  let keys: Awaited<ReturnType<ReturnType<typeof openKeyStore>['list']>>
  try {
    keys = await openKeyStore(home).list()
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error)
    return { check, status: 'fail', found, advice: `Make ${join(home, 'keys')} readable for yourself.` }
  }
  const [damaged, ...others] = keys.flatMap((key) => ('fault' in key ? [key] : []))
  if (damaged !== undefined) {
    const names = [damaged, ...others].map(({ name }) => name)
    return { check, status: 'fail', found: `unusable: ${names.join(', ')} (${damaged.fault})`, advice: damaged.remedy }
  }
  return fine(check, keys.length === 0 ? 'none yet' : `${keys.length} in ${join(home, 'keys')}`)
}

async function checkDisk(home: string): Promise<Finding> {
  const check = 'disk'
  const folder = existing(home)
  const { bavail, bsize } = await statfs(folder)
  const free = bavail * bsize
  const found = `${(free / GIB).toFixed(1)} GiB free at ${folder}`
  if (free >= LITTLE) return fine(check, found)
  return { check, status: free < HARDLY_ANY ? 'fail' : 'warn', found, advice: 'Make room, or move --home elsewhere.' }
}

/** The folder, or the nearest one above it that is there. */
function existing(folder: string): string {
  const above = dirname(folder)
  return (existsSync(folder) && statSync(folder).isDirectory()) || above === folder ? folder : existing(above)
}
