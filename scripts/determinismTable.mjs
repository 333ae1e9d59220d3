// What consensus code may not use, because two machines could disagree on it: what is wrong, what to use instead, and the
// hazard's number. `ALLOWED_GLOBALS` is the whole list of globals; the sentences of `GLOBALS` are for the likely others.

const CLOCK = 'differs between machines; take the time from the block header (DET-07)'
const RANDOM = 'is random; derive what is needed from state with sha256 of protocol/crypto (DET-07)'
const LOCALE = 'depends on locale or Unicode version; compare code units or bytes, keep ASCII in state (DET-05)'
const MEMORY = 'shows object identity or garbage collection; key by bytes or text (DET-19)'
const BYTE_ORDER = 'has the byte order of the machine; use a list, or a DataView with the order spelt out (DET-08)'
const RUN_TIME_CODE = 'makes code at run time, which no check sees; write it as source (DET-23)'

export const SENTENCES = {
  LOCALE,
  HOST: 'depends on the machine; pass what is needed as an argument, from the state or the block (DET-07)',
  ASYNC: 'lets timing order the steps; consensus code is synchronous (DET-17)',
  LAX_TEXT: 'reads text laxly: "" is 0 and "0x10" is 16; use what reads numbers in protocol/num (DET-09)',
  LAX_UTF8: 'turns invalid bytes into U+FFFD; use fromUtf8 of protocol/bytes/utf8 (DET-12)',
  INEXACT: 'has other bits on other engines; use protocol/num/exp, products and square roots (DET-01)',
  POWER: 'has other bits on other engines; multiply, or write the number out (DET-01)',
  RADIX: 'with a radix has other digits on other engines; use formatDecimal of protocol/num (DET-01)',
  DOUBLE_BYTES: 'lets NaN payloads and −0 through; write doubles with formatDecimal of protocol/num (DET-08)',
  JSON_TEXT: 'spells one meaning in many ways; use protocol/codec (DET-10)',
  TEXT_ORDER: 'sorts by UTF-16 text; pass a comparator (DET-03)',
  KEY_ORDER: 'puts integer-like names first; sort with a comparator at once, or iterate a list (DET-02)',
  HISTORY:
    'iterates in the order of insertion, which is history; sort at once, or fill a ReadonlyMap from a list (DET-02)',
  HIDDEN: 'is passed on to where this check cannot follow; name the function that is meant (DET-01)',
  UNKNOWN: 'is no global of consensus code; use what protocol offers, or add it to ALLOWED_GLOBALS (DET-07)',
  BROWSER: 'is missing in a browser; use protocol/bytes (DET-06)',
  UNICODE_CLASS: 'has classes that depend on the Unicode version; list ASCII characters (DET-13)',
  UNICODE_CASE: 'ignores case beyond ASCII; list the characters (DET-13)',
  SLOW_PATTERN: 'can take exponential time; repeat single characters only, or scan by hand (DET-13)',
  KEPT_PATTERN: 'remembers where it stopped; write it where it is used (DET-13)',
  STACK: 'catches a full stack, whose depth differs between machines; count the depth (DET-14)',
  RECURSION: 'calls itself, and the depth of the stack differs between machines; use a loop (DET-14)',
  HIDDEN_ERROR: 'hides faults of the machine too; test for the error that is expected, throw the others (DET-15)',
  FOREIGN_CODE: 'is no consensus code; move what is needed there, or pass it as an argument (DET-07)',
  FOREIGN_PACKAGE: 'is no package of consensus code; decide it by an ADR and add it to ALLOWED_PACKAGES (DET-23)',
  SECOND_VERIFIER: 'is a second way to check signatures; use the one verifier of protocol/crypto (DET-20)',
}

/** Where consensus code lives; it imports only itself and the packages below. */
export const CONSENSUS_FOLDERS = [
  'packages/protocol/src/',
  'packages/node/src/store/',
  'packages/node/src/modules/',
  'packages/node/src/epoch/',
  'packages/node/src/app/',
]

export const ALLOWED_PACKAGES = ['@bufbuild/protobuf', '@noble/hashes', '@scure/base', '@starling/protocol', 'lmdb']

/** Packages by their beginning: plain-arithmetic ports of one function each. */
export const ALLOWED_SCOPES = ['@stdlib/math-base-special-']

const each = (names, sentence) => names.split(' ').map((name) => [name, sentence])

export const ALLOWED_GLOBALS = new Set([
  ...['Array', 'BigInt', 'Boolean', 'Buffer', 'DataView', 'Error', 'Infinity', 'JSON', 'Map', 'Math', 'NaN', 'Number'],
  ...['Object', 'RangeError', 'Set', 'String', 'Symbol', 'TextDecoder', 'TextEncoder', 'TypeError', 'Uint8Array'],
])

export const GLOBALS = new Map([
  ...each('Date performance', CLOCK),
  ...each('setTimeout setInterval setImmediate clearTimeout clearInterval clearImmediate', CLOCK),
  ...each('process global globalThis require console navigator', SENTENCES.HOST),
  ...each('crypto', RANDOM),
  ...each('Intl', LOCALE),
  ...each('Promise queueMicrotask Atomics SharedArrayBuffer fetch', SENTENCES.ASYNC),
  ...each('WeakRef FinalizationRegistry WeakMap WeakSet', MEMORY),
  ...each('parseFloat parseInt isNaN isFinite', SENTENCES.LAX_TEXT),
  ...each('Int16Array Uint16Array Int32Array Uint32Array BigInt64Array BigUint64Array', BYTE_ORDER),
  ...each('Float32Array Float64Array', BYTE_ORDER),
  ...each('eval Function', RUN_TIME_CODE),
  ['RegExp', 'makes a pattern at run time, which nobody reviews; write a literal (DET-13)'],
])

/** Exact by ECMAScript: the functions give one double, the constants are the nearest one. */
export const EXACT_MATH = new Set([
  ...['abs', 'ceil', 'clz32', 'floor', 'fround', 'imul', 'max', 'min', 'round', 'sign', 'sqrt', 'trunc'],
  ...['E', 'LN10', 'LN2', 'LOG10E', 'LOG2E', 'PI', 'SQRT1_2', 'SQRT2'],
])

export const MEMBERS = new Map([
  ['Math.random', RANDOM],
  ...each('String.localeCompare String.normalize', LOCALE),
  ...each('String.toLowerCase String.toUpperCase String.trim String.trimStart String.trimEnd', LOCALE),
  ...each('NumberConstructor.parseFloat NumberConstructor.parseInt', SENTENCES.LAX_TEXT),
  ...each(
    'Error.stack ErrorConstructor.captureStackTrace',
    'differs between engines; use the code of the error (DET-15)',
  ),
])
