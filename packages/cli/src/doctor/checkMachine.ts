import { existsSync, statSync } from 'node:fs'
import { readdir, stat, statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { openKeyStore } from '../keystore/keyStore.ts'
import { type Finding, fine } from './finding.ts'

const GIB = 2 ** 30
const LITTLE = GIB
const HARDLY_ANY = GIB / 10
/** Readable by others than the owner. */
const OTHERS = 0o077

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
  const damaged = keys.filter((key) => 'fault' in key).map(({ name }) => name)
  if (damaged.length > 0) {
    const advice = 'Recover it from its words: "starling keys add NAME --recover" under another name.'
    return { check, status: 'fail', found: `unreadable: ${damaged.join(', ')}`, advice }
  }
  const open = await othersCanRead(join(home, 'keys'))
  if (open.length > 0) {
    return { check, status: 'warn', found: `others may read ${open.join(', ')}`, advice: `chmod 600 ${open.join(' ')}` }
  }
  return fine(check, keys.length === 0 ? 'none yet' : `${keys.length} in ${join(home, 'keys')}`)
}

async function othersCanRead(folder: string): Promise<readonly string[]> {
  if (process.platform === 'win32' || !existsSync(folder)) return []
  const files = (await readdir(folder)).filter((name) => name.endsWith('.json')).map((name) => join(folder, name))
  const open: string[] = []
  for (const file of files) if (((await stat(file)).mode & OTHERS) !== 0) open.push(file)
  return open
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
