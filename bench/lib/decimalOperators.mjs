import Library from 'decimal.js'

/** Numbers of 34 digits, as decimal128 has them. */
export const Decimal = Library.clone({ precision: 34, rounding: Library.ROUND_HALF_EVEN })

const isDecimal = (value) => value instanceof Decimal
const either = (a, b) => isDecimal(a) || isDecimal(b)
const toDecimal = (value) => (isDecimal(value) ? value : new Decimal(value))

/** Decimals where one side is a decimal; counts, indices and coins stay what they are. */
const operator = (decimals, natives) => (a, b) => (either(a, b) ? decimals(toDecimal(a), toDecimal(b)) : natives(a, b))

export const add = operator(
  (a, b) => a.add(b),
  (a, b) => a + b,
)
export const sub = operator(
  (a, b) => a.sub(b),
  (a, b) => a - b,
)
export const mul = operator(
  (a, b) => a.mul(b),
  (a, b) => a * b,
)
export const div = operator(
  (a, b) => a.div(b),
  (a, b) => a / b,
)
export const lt = operator(
  (a, b) => a.lt(b),
  (a, b) => a < b,
)
export const lte = operator(
  (a, b) => a.lte(b),
  (a, b) => a <= b,
)
export const gt = operator(
  (a, b) => a.gt(b),
  (a, b) => a > b,
)
export const gte = operator(
  (a, b) => a.gte(b),
  (a, b) => a >= b,
)
const isNumber = (value) => isDecimal(value) || typeof value === 'number'
export const eq = (a, b) => (either(a, b) && isNumber(a) && isNumber(b) ? toDecimal(a).eq(b) : a === b)
export const neq = (a, b) => !eq(a, b)
export const neg = (a) => (isDecimal(a) ? a.neg() : -a)
export const kind = (value) => (isDecimal(value) ? 'number' : typeof value)

const least = (a, b) => (lt(b, a) ? b : a)
const most = (a, b) => (gt(b, a) ? b : a)

const decimalMath = {
  LN2: Decimal.ln(2),
  abs: (a) => (isDecimal(a) ? a.abs() : Math.abs(a)),
  floor: (a) => (isDecimal(a) ? a.floor() : Math.floor(a)),
  sqrt: (a) => toDecimal(a).sqrt(),
  min: (...list) => list.reduce(least),
  max: (...list) => list.reduce(most),
}

const decimalNumber = Object.assign((value) => toDecimal(typeof value === 'bigint' ? value.toString() : value), {
  MAX_VALUE: Number.MAX_VALUE,
  NEGATIVE_INFINITY: Number.NEGATIVE_INFINITY,
  isFinite: (value) => toDecimal(value).isFinite(),
  isNaN: (value) => toDecimal(value).isNaN(),
})

/** Where 1 would swallow the digits of x. */
const isSmall = (x) => toDecimal(x).abs().lt(1e-12)
/** x + a x² + x³ / b. */
const series = (x, a, b) => {
  const square = mul(x, x)
  return toDecimal(x)
    .add(mul(square, a))
    .add(div(mul(square, x), b))
}
export const exp = (x) => Decimal.exp(x)
export const expm1 = (x) => (isSmall(x) ? series(x, 1 / 2, 6) : Decimal.exp(x).sub(1))
export const ln = (x) => Decimal.ln(x)
export const log1p = (x) => (isSmall(x) ? series(x, -1 / 2, 3) : Decimal.ln(toDecimal(x).add(1)))
export const log10 = (x) => Decimal.log10(x)

/** As the float64 one, from decimal fractions. */
export function splitCoins(total, fractions) {
  let rest = total
  const amounts = fractions.map((fraction) => {
    if (!gt(fraction, 0)) return 0n
    const share = BigInt(new Decimal(total.toString()).mul(least(fraction, 1)).floor().toFixed(0))
    const amount = share < rest ? share : rest
    rest -= amount
    return amount
  })
  return { amounts, rest }
}

export { decimalMath as Math, decimalNumber as Number }

/** Every number in plain data as a decimal. */
export function toDecimals(data) {
  if (typeof data === 'number') return new Decimal(data)
  if (Array.isArray(data)) return data.map(toDecimals)
  if (typeof data !== 'object' || data === null || isDecimal(data)) return data
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, toDecimals(value)]))
}
