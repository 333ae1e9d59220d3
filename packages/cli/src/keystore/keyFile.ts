import { z } from 'zod'

/** Cost of the passphrase's derivation. Memory is 128·N·r bytes. */
export type ScryptCost = { readonly N: number; readonly r: number; readonly p: number }

/** One encrypted key as it lies on disk; bytes are base64. */
export type KeyFile = {
  readonly version: 1
  readonly name: string
  readonly address: string
  /** Compressed, hexadecimal. */
  readonly publicKey: string
  readonly scrypt: ScryptCost & { readonly salt: string }
  readonly aes256gcm: { readonly nonce: string; readonly tag: string; readonly ciphertext: string }
}

/** Costs that a file may ask for, so that a damaged one cannot ask for all memory: at most 1 GiB. */
const MOST_N = 2 ** 20

const base64 = (bytes: number) =>
  z
    .base64()
    .refine((text) => Buffer.from(text, 'base64').length === bytes, { error: `is not ${bytes} bytes of base64` })

const keyFileSchema: z.ZodType<KeyFile> = z.strictObject({
  version: z.literal(1),
  name: z.string(),
  address: z.string(),
  publicKey: z.string().regex(/^[0-9a-f]{66}$/),
  scrypt: z.strictObject({
    N: z
      .int()
      .min(2)
      .max(MOST_N)
      .refine((n) => Number.isInteger(Math.log2(n))),
    r: z.int().min(1).max(8),
    p: z.int().min(1).max(4),
    salt: base64(32),
  }),
  aes256gcm: z.strictObject({ nonce: base64(12), tag: base64(16), ciphertext: base64(32) }),
})

/** Text of a key file. */
export function formatKeyFile(file: KeyFile): string {
  return `${JSON.stringify(file, null, 2)}\n`
}

/** Reads a key file; the end of a sentence that says what is wrong with it otherwise. */
export function parseKeyFile(text: string): KeyFile | { readonly fault: string } {
  let document: unknown
  try {
    document = JSON.parse(text)
  } catch {
    return { fault: 'it is no JSON' }
  }
  const parsed = keyFileSchema.safeParse(document)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const path = issue?.path.join('.') ?? ''
  return { fault: path === '' ? 'it is not the record of a key' : `its field ${path} is missing or wrong` }
}
