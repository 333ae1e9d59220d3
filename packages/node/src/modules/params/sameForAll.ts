import { readAddress } from '../../app/readAddress.ts'

/** The same answer for every address, which must be one. */
export function sameForAll(answer: boolean, address: string): boolean {
  readAddress('address', address)
  return answer
}
