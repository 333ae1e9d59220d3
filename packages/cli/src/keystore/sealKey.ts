import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto'
import { toHex } from '@starling/protocol/bytes/hex'
import { addressOfPublicKey } from '@starling/protocol/crypto/address'
import { publicKeyOf } from '@starling/protocol/crypto/secp256k1'
import type { KeyFile, ScryptCost } from './keyFile.ts'

/** 128 MiB and some tenths of a second for each guess of a passphrase. */
const DEFAULT_COST: ScryptCost = { N: 2 ** 17, r: 8, p: 1 }
const KEY_BYTES = 32
const TAG_BYTES = 16

/** Encrypts a private key: AES-256-GCM under a key that scrypt derives from the passphrase. */
export async function sealKey(
  key: { readonly name: string; readonly privateKey: Uint8Array },
  passphrase: string,
  cost: ScryptCost = DEFAULT_COST,
): Promise<KeyFile> {
  const publicKey = publicKeyOf(key.privateKey)
  const head = {
    version: 1,
    name: key.name,
    address: addressOfPublicKey(publicKey),
    publicKey: toHex(publicKey),
    scrypt: { ...cost, salt: randomBytes(32).toString('base64') },
  } as const
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', await derive(head.scrypt, passphrase), nonce, {
    authTagLength: TAG_BYTES,
  })
  cipher.setAAD(headBytes(head))
  const ciphertext = Buffer.concat([cipher.update(key.privateKey), cipher.final()])
  const aes256gcm = {
    nonce: nonce.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
    ciphertext: ciphertext.toString('base64'),
  }
  return { ...head, aes256gcm }
}

/** The private key in a file; undefined where the passphrase is wrong or anything in the file was changed. */
export async function openKey(file: KeyFile, passphrase: string): Promise<Uint8Array | undefined> {
  const { nonce, tag, ciphertext } = file.aes256gcm
  const secret = await derive(file.scrypt, passphrase)
  const decipher = createDecipheriv('aes-256-gcm', secret, Buffer.from(nonce, 'base64'), { authTagLength: TAG_BYTES })
  decipher.setAAD(headBytes(file))
  decipher.setAuthTag(Buffer.from(tag, 'base64'))
  const plain = decipher.update(Buffer.from(ciphertext, 'base64'))
  try {
    decipher.final()
  } catch {
    return undefined
  }
  return new Uint8Array(plain)
}

/** What is readable without the passphrase is authenticated with the key, so that nobody swaps a name or an address. */
function headBytes({
  version,
  name,
  address,
  publicKey,
  scrypt: { N, r, p, salt },
}: Omit<KeyFile, 'aes256gcm'>): Buffer {
  return Buffer.from(JSON.stringify([version, name, address, publicKey, N, r, p, salt]))
}

function derive({ salt, N, r, p }: KeyFile['scrypt'], passphrase: string): Promise<Buffer> {
  const options = { N, r, p, maxmem: 128 * N * r + 128 * r * p + 1024 * 1024 }
  return new Promise((resolve, reject) => {
    scrypt(passphrase.normalize('NFKC'), Buffer.from(salt, 'base64'), KEY_BYTES, options, (error, derived) =>
      error === null ? resolve(derived) : reject(error),
    )
  })
}
