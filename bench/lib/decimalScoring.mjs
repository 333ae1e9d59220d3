import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { rolldown } from 'rolldown'

/*
 * The same scoring in decimals: every arithmetic operator, comparison and `Math` function of the compiled float64 code is
 * replaced by a call that works on `decimal.js` numbers (`decimalOperators.mjs`), so that both are one algorithm. Only
 * what crosses into coins, and exp and ln, are written anew.
 */

const OPERATORS = {
  '+': 'add',
  '-': 'sub',
  '*': 'mul',
  '/': 'div',
  '<': 'lt',
  '<=': 'lte',
  '>': 'gt',
  '>=': 'gte',
  '===': 'eq',
  '!==': 'neq',
}
const runtime = new URL('./decimalOperators.mjs', import.meta.url)
const REPLACED = /\/(num\/exp|scoring\/rewards\/splitCoins)\.js$/

function* childrenOf(node) {
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) if (typeof child?.type === 'string') yield child
  }
}

/** Edits of the text, in order of their places; of two at one place the one found first comes first. */
function editsOf(node, code, edits) {
  const change = (from, to, text) => edits.push({ from, to, text })
  const between = (left, right, sign, text) => {
    const at = code.indexOf(sign, left.end)
    if (at === -1 || at >= right.start) throw new Error(`no ${sign} between ${left.end} and ${right.start}`)
    change(at, at + sign.length, text)
  }
  const visitChildren = () => {
    for (const child of childrenOf(node)) editsOf(child, code, edits)
  }
  const { type, operator, start, end } = node
  if (type === 'BinaryExpression' && operator in OPERATORS) {
    change(start, start, `$.${OPERATORS[operator]}(`)
    between(node.left, node.right, operator, ',')
    visitChildren()
    change(end, end, ')')
  } else if (type === 'UnaryExpression' && (operator === '-' || operator === 'typeof')) {
    change(start, start + operator.length, operator === '-' ? '$.neg(' : '$.kind(')
    visitChildren()
    change(end, end, ')')
  } else if (type === 'AssignmentExpression' && operator.length === 2 && operator[0] in OPERATORS) {
    const target = code.slice(node.left.start, node.left.end)
    between(node.left, node.right, operator, `= $.${OPERATORS[operator[0]]}(${target},`)
    editsOf(node.right, code, edits)
    change(end, end, ')')
  } else if (type === 'Identifier' && (node.name === 'Math' || node.name === 'Number')) {
    change(start, start, '$.')
  } else visitChildren()
}

function inDecimals(code, tree) {
  const edits = []
  editsOf(tree, code, edits)
  let text = ''
  let at = 0
  for (const edit of edits.toSorted((a, b) => a.from - b.from)) {
    text += code.slice(at, edit.from) + edit.text
    at = edit.to
  }
  return `import * as $ from ${JSON.stringify(runtime.href)}\n${text}${code.slice(at)}`
}

/** `settleEpoch` on decimal.js numbers of 34 digits, and a function that turns the numbers of its input into such. */
export async function loadDecimalScoring() {
  const entry = fileURLToPath(import.meta.resolve('@starling/protocol/scoring/settleEpoch'))
  const bundle = await rolldown({
    input: entry,
    plugins: [
      {
        name: 'decimals',
        resolveId: (id) => (id === runtime.href ? { id, external: true } : null),
        load: (id) => (REPLACED.test(id) ? `export * from ${JSON.stringify(runtime.href)}` : null),
        transform(code, id) {
          return /\/(scoring|num)\//.test(id) && !REPLACED.test(id) ? inDecimals(code, this.parse(code)) : null
        },
      },
    ],
  })
  // Inside the project, so that what it imports is found.
  const folder = mkdtempSync(fileURLToPath(new URL('../../node_modules/.starling-bench-', import.meta.url)))
  try {
    const { output } = await bundle.generate({ format: 'esm' })
    const file = `${folder}/settleEpoch.mjs`
    writeFileSync(file, output[0].code)
    const { settleEpoch } = await import(pathToFileURL(file).href)
    const { toDecimals } = await import(runtime.href)
    return { settleEpoch, toDecimals }
  } finally {
    await bundle.close()
    rmSync(folder, { recursive: true })
  }
}
