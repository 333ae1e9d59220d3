import { describe, expect, it } from 'vitest'
import { suggestPrice } from './suggestPrice.ts'

describe('the suggested price', () => {
  it.each([
    [[], 0n],
    [[7n], 7n],
    [[9n, 1n], 1n],
    [[9n, 1n, 5n], 5n],
    [[4n, 3n, 2n, 1n], 2n],
    [[10n, 9n, 100n, 2n], 9n],
  ])('of %s is the lower median', (recent, price) => {
    expect(suggestPrice(recent)).toBe(price)
  })

  it('forgets what came before the last hundred', () => {
    const recent = [...Array.from({ length: 200 }, () => 10n ** 30n), ...Array.from({ length: 100 }, () => 3n)]
    expect(suggestPrice(recent)).toBe(3n)
  })
})
