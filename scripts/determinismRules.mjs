import { dirname, join } from 'node:path/posix'
import { SyntaxKind } from 'typescript/unstable/ast'
import { SymbolFlags, TypeFlags } from 'typescript/unstable/sync'
import {
  ALLOWED_GLOBALS,
  ALLOWED_PACKAGES,
  ALLOWED_SCOPES,
  CONSENSUS_FOLDERS,
  EXACT_MATH,
  GLOBALS,
  MEMBERS,
  SENTENCES as S,
} from './determinismTable.mjs'
import { findCycles, packageOf } from './importRules.mjs'

// Finds what the table forbids. Names are resolved by the type checker: a rule holds for the built-in thing and for
// nothing else of the same name.

const isAnyOf = (text, names) => names.split(' ').includes(text)
/** A map or set that grows. What is declared ReadonlyMap or ReadonlySet is in the order of the list that filled it. */
const isGrowing = (type) => isAnyOf(type?.getSymbol()?.name ?? '', 'Map Set')

/** Where text may become a number. */
const PARSERS = 'packages/protocol/src/num/'
/** Where signatures may be checked. */
const VERIFIERS = 'packages/protocol/src/crypto/'

/** True where every part of the type has one of the flags. */
function isOnly(type, flags) {
  if (type === undefined) return false
  return type.isUnionType() ? type.getTypes().every((part) => isOnly(part, flags)) : (type.flags & flags) !== 0
}

const isText = (node, checker) => node !== undefined && isOnly(checker.getTypeAtLocation(node), TypeFlags.StringLike)

/** True where the list of this expression is sorted before anything sees its order. */
function isSortedAtOnce(node) {
  const { parent } = node
  if (parent.kind === SyntaxKind.SpreadElement || parent.kind === SyntaxKind.ArrayLiteralExpression) {
    return isSortedAtOnce(parent)
  }
  const call = parent.kind === SyntaxKind.PropertyAccessExpression ? callOf(parent.name) : undefined
  if (call === undefined) return false
  if (isAnyOf(parent.name.text, 'map filter')) return isSortedAtOnce(call)
  return isAnyOf(parent.name.text, 'sort toSorted') && call.arguments.length > 0
}

/** The call that a member's name stands in: `a.name(…)`. */
function callOf(name) {
  const { parent } = name
  const isCall = parent.parent.kind === SyntaxKind.CallExpression && parent.parent.expression === parent
  return isCall ? parent.parent : undefined
}

/** What is wrong with the built-in member `owner.name`, or nothing. */
function memberFault(owner, node, checker) {
  const name = node.text
  const call = callOf(node)
  const [first] = call?.arguments ?? []
  const isUnordered = call === undefined || !isSortedAtOnce(call)
  if (MEMBERS.has(`${owner}.${name}`)) return MEMBERS.get(`${owner}.${name}`)
  if (name.startsWith('toLocale')) return S.LOCALE
  switch (owner) {
    case 'Math':
      return EXACT_MATH.has(name) ? undefined : S.INEXACT
    case 'Array':
    case 'ReadonlyArray':
      return isAnyOf(name, 'sort toSorted') && first === undefined ? S.TEXT_ORDER : undefined
    case 'ArrayConstructor':
      return name === 'from' && first && isGrowing(checker.getTypeAtLocation(first)) && isUnordered
        ? S.HISTORY
        : undefined
    case 'ObjectConstructor':
      return isAnyOf(name, 'keys values entries getOwnPropertyNames') && isUnordered ? S.KEY_ORDER : undefined
    case 'Map':
    case 'Set':
      return isAnyOf(name, 'forEach keys values entries') && isUnordered ? S.HISTORY : undefined
    case 'Number':
      return name === 'toString' && first && first.getText() !== '10' ? S.RADIX : undefined
    case 'JSON':
      return name === 'stringify' && isText(first, checker) ? undefined : S.JSON_TEXT
    case 'DataView':
      return name.includes('Float') ? S.DOUBLE_BYTES : undefined
    case 'Buffer':
      if (/^(read|write)(Double|Float)/.test(name)) return S.DOUBLE_BYTES
      return name === 'toString' && !/hex|base64|latin1/.test(first?.getText() ?? '') ? S.LAX_UTF8 : undefined
    default:
      return undefined
  }
}

/** What is wrong with a built-in global where it stands, or nothing. */
function globalFault(node, checker, file) {
  const name = node.text
  const { parent } = node
  if (GLOBALS.has(name)) return GLOBALS.get(name)
  if (!ALLOWED_GLOBALS.has(name)) return S.UNKNOWN
  if (name === 'Buffer' && file.startsWith('packages/protocol/')) return S.BROWSER
  const isUsedDirectly = parent.expression === node && parent.kind !== SyntaxKind.AsExpression
  if (!isUsedDirectly && isAnyOf(name, 'Math Object Number BigInt JSON')) return S.HIDDEN
  const [first, second] = parent.expression === node ? (parent.arguments ?? []) : []
  const isNumeric = first && isOnly(checker.getTypeAtLocation(first), TypeFlags.NumberLike | TypeFlags.BigIntLike)
  if (isAnyOf(name, 'Number BigInt') && first && !isNumeric && !file.startsWith(PARSERS)) return S.LAX_TEXT
  const isNew = parent.kind === SyntaxKind.NewExpression
  return name === 'TextDecoder' && isNew && !/fatal: true/.test(second?.getText() ?? '') ? S.LAX_UTF8 : undefined
}

/** Why a pattern is not the same, or not as fast, everywhere; nothing where it is linear and ASCII. */
export function patternFault(pattern, flags) {
  if (/\\[pPsS]/.test(pattern)) return S.UNICODE_CLASS
  const isBeyondAscii = /[uv]/.test(flags) || /\\u|[^ -~]/.test(pattern)
  if (flags.includes('i') && isBeyondAscii) return S.UNICODE_CASE
  if (/\\[1-9]|\\k</.test(pattern)) return S.SLOW_PATTERN
  let rest = pattern.replace(/\\./g, 'c').replace(/\[[^\]]*\]/g, 'c')
  for (;;) {
    const group = /\((?:\?(?:<?[=!]|:|<\w+>))?([^()]*)\)([*+?]|\{\d+,?\d*\})?/.exec(rest)
    if (group === null) return undefined
    const [whole, body, times = ''] = group
    const varies = /[*+?|]|\{\d+,/.test(body)
    const isRepeated = /[*+,]/.test(times)
    if (varies && isRepeated) return S.SLOW_PATTERN
    rest = rest.replace(whole, () => (varies || isRepeated || times === '?' ? 'c?' : 'c'))
  }
}

function literalPatternFault(node) {
  const text = node.getText()
  const end = text.lastIndexOf('/')
  const flags = text.slice(end + 1)
  const isKept = /[gy]/.test(flags) && node.parent.kind !== SyntaxKind.CallExpression
  return isKept ? S.KEPT_PATTERN : patternFault(text.slice(1, end), flags)
}

/** What is wrong with importing or exporting from another file, or nothing. Types are free: they do not run. */
function importFault({ importClause, exportClause, isTypeOnly, moduleSpecifier }, file) {
  const from = moduleSpecifier?.text ?? ''
  if (from === '' || isTypeOnly || importClause?.phaseModifier === SyntaxKind.TypeKeyword) return undefined
  if (from.startsWith('.')) {
    const target = join(dirname(file), from)
    return CONSENSUS_FOLDERS.some((folder) => target.startsWith(folder)) ? undefined : S.FOREIGN_CODE
  }
  const elements = importClause?.namedBindings?.elements ?? exportClause?.elements
  const names = elements?.map(({ propertyName, name }) => (propertyName ?? name).text)
  const isHash = from === 'node:crypto' && names?.every((name) => isAnyOf(name, 'createHash hash'))
  if (from.startsWith('node:')) return isHash ? undefined : S.HOST
  const name = packageOf(from)
  if (name === '@noble/curves') return file.startsWith(VERIFIERS) ? undefined : S.SECOND_VERIFIER
  const isAllowed = ALLOWED_PACKAGES.includes(name) || ALLOWED_SCOPES.some((scope) => name.startsWith(scope))
  return isAllowed ? undefined : S.FOREIGN_PACKAGE
}

/** True where a `catch` throws, or hands its error to a function that decides. */
function passesErrorOn({ variableDeclaration, block }) {
  const error = variableDeclaration?.name.text
  const passes = (node) =>
    node.kind === SyntaxKind.ThrowStatement ||
    (node.kind === SyntaxKind.CallExpression &&
      node.arguments.some(({ text }) => text !== undefined && text === error)) ||
    node.forEachChild((child) => passes(child) || undefined) === true
  return passes(block)
}

function operatorFault({ left, right, operatorToken: { kind } }, checker) {
  if (kind === SyntaxKind.InstanceOfKeyword && right.text === 'RangeError') return S.STACK
  const isPower = kind === SyntaxKind.AsteriskAsteriskToken || kind === SyntaxKind.AsteriskAsteriskEqualsToken
  return isPower && !isOnly(checker.getTypeAtLocation(left), TypeFlags.BigIntLike) ? S.POWER : undefined
}

/** Faults of syntax, whatever the names: where to point, what is wrong, and what to call it where not by its source. */
function syntaxFault(node, checker, file) {
  const isHistory = (part) => isGrowing(checker.getTypeAtLocation(part))
  switch (node.kind) {
    case SyntaxKind.AsyncKeyword:
    case SyntaxKind.AwaitKeyword:
    case SyntaxKind.AwaitExpression:
      return [node, S.ASYNC]
    case SyntaxKind.ImportKeyword:
      return [node, node.parent.kind === SyntaxKind.CallExpression ? S.ASYNC : undefined]
    case SyntaxKind.MetaProperty:
      return [node, node.getText() === 'import.meta' ? S.HOST : undefined]
    case SyntaxKind.ForInStatement:
      return [node, S.KEY_ORDER]
    case SyntaxKind.ForOfStatement:
      return [node.expression, isHistory(node.expression) ? S.HISTORY : undefined]
    case SyntaxKind.SpreadElement:
      return [node, isHistory(node.expression) && !isSortedAtOnce(node) ? S.HISTORY : undefined]
    case SyntaxKind.BinaryExpression:
      return [node.operatorToken, operatorFault(node, checker)]
    case SyntaxKind.PrefixUnaryExpression: {
      const isPlus = node.operator === SyntaxKind.PlusToken
      return [
        node,
        isPlus && !isOnly(checker.getTypeAtLocation(node.operand), TypeFlags.NumberLike) ? S.LAX_TEXT : undefined,
      ]
    }
    case SyntaxKind.RegularExpressionLiteral:
      return [node, literalPatternFault(node)]
    case SyntaxKind.CatchClause:
      return [node.block.statements[0] ?? node, passesErrorOn(node) ? undefined : S.HIDDEN_ERROR, 'catch']
    case SyntaxKind.ImportDeclaration:
    case SyntaxKind.ExportDeclaration:
      return [node.moduleSpecifier, importFault(node, file)]
    default:
      return [node, undefined]
  }
}

const isTypeOnly = ({ kind }) =>
  (kind >= SyntaxKind.FirstTypeNode && kind <= SyntaxKind.LastTypeNode) ||
  kind === SyntaxKind.InterfaceDeclaration ||
  kind === SyntaxKind.TypeAliasDeclaration

const isBuiltIn = (symbol) =>
  symbol?.declarations.some(({ path }) => /\/lib\/lib\.[^/]+$|\/@types\/node\//.test(path)) === true

/** The name of the function that a node declares, or nothing. */
function declaredFunction(node) {
  const { kind, name, initializer } = node
  const isNamed = kind === SyntaxKind.FunctionDeclaration || kind === SyntaxKind.MethodDeclaration
  const isArrow = initializer?.kind === SyntaxKind.ArrowFunction || initializer?.kind === SyntaxKind.FunctionExpression
  return isNamed || (isArrow && kind === SyntaxKind.VariableDeclaration) ? name : undefined
}

/** All nodes of a file that run, in order, and each identifier with the function it stands in. */
function nodesOf(sourceFile) {
  const nodes = []
  const identifiers = []
  const walk = (node, within) => {
    if (isTypeOnly(node)) return
    const inside = declaredFunction(node) ?? within
    nodes.push(node)
    if (node.kind === SyntaxKind.Identifier) identifiers.push({ node, within })
    if (node.kind !== SyntaxKind.MetaProperty) node.forEachChild((child) => walk(child, inside))
  }
  walk(sourceFile, undefined)
  return { nodes, identifiers }
}

/** Functions that call themselves, directly or through others: where, and the way round. */
function recursions(functions) {
  const edges = new Map(
    [...functions].map(([id, { calls }]) => [id, [...calls].filter((other) => functions.has(other))]),
  )
  return findCycles(edges).map((cycle) => {
    const { file, node } = functions.get(cycle[0])
    const way = cycle.map((id) => functions.get(id).node.text).join(' → ')
    return { file, node, text: `${way} ${S.RECURSION}` }
  })
}

/** Excuses of a text: the line each one is for and its reason. A comment of its own is for the next line of code. */
function allowancesOf(text) {
  const lines = text.split('\n')
  return lines.flatMap((line, i) => {
    const found = /^(.*)\/\/\s*determinism-allow(-file)?\b:?(.*)$/.exec(line)
    if (found === null) return []
    const [, before = '', wholeFile, reason = ''] = found
    let target = i
    while (before.trim() === '' && /^\s*\/\//.test(lines[target] ?? '')) target += 1
    return [{ line: i + 1, target: wholeFile === undefined ? target + 1 : undefined, reason: reason.trim() }]
  })
}

/** The faults of one file that no comment excuses, and the comments that excuse nothing, in the order of lines. */
function excuse(file, sourceFile, found) {
  const allowances = allowancesOf(sourceFile.text)
  const used = new Set()
  const faults = found.flatMap(({ node, text }) => {
    const start = sourceFile.getLineAndCharacterOfPosition(node.getStart())
    const line = start.line + 1
    const excuses = allowances.filter(({ target }) => target === undefined || target === line)
    for (const allowance of excuses) used.add(allowance)
    return excuses.length > 0 ? [] : [{ line, column: start.character + 1, text }]
  })
  for (const allowance of allowances) {
    const { line, reason } = allowance
    if (reason === '')
      faults.push({ line, column: 1, text: 'determinism-allow gives no reason; write it after a colon' })
    else if (!used.has(allowance))
      faults.push({ line, column: 1, text: 'determinism-allow excuses nothing; remove it' })
  }
  faults.sort((a, b) => a.line - b.line || a.column - b.column)
  return faults.map(({ line, column, text }) => `${file}:${line}:${column} ${text}`)
}

/** The faults of a project's consensus code as sentences; `files` has the name of each file and the path it is at. */
export function determinismFaults({ program, checker }, files) {
  const functions = new Map()
  const parsed = files.map(({ file, path }) => {
    const sourceFile = program.getSourceFile(path)
    if (sourceFile === undefined) throw new Error(`${file} is not part of its package's tsconfig.json`)
    return { file, sourceFile, found: faultsOfFile(sourceFile, checker, file, functions) }
  })
  const cycles = recursions(functions)
  return parsed.flatMap(({ file, sourceFile, found }) =>
    excuse(file, sourceFile, [...found, ...cycles.filter((cycle) => cycle.file === file)]),
  )
}

function faultsOfFile(sourceFile, checker, file, functions) {
  const { nodes, identifiers } = nodesOf(sourceFile)
  const found = nodes.flatMap((node) => {
    const [at, sentence, subject] = syntaxFault(node, checker, file)
    return sentence === undefined ? [] : [{ node: at, text: `${subject ?? excerpt(at)} ${sentence}` }]
  })
  const symbols = checker.getSymbolAtLocation(identifiers.map(({ node }) => node))
  const idOf = new Map(identifiers.map(({ node }, i) => [node, symbols[i]?.id]))
  for (const [i, { node, within }] of identifiers.entries()) {
    const isShort = node.parent.kind === SyntaxKind.ShorthandPropertyAssignment
    const symbol = isShort ? checker.getShorthandAssignmentValueSymbol(node.parent) : symbols[i]
    if (symbol === undefined) continue
    if (isBuiltIn(symbol)) {
      found.push(...builtInFault(node, symbol, checker, file))
      continue
    }
    if (declaredFunction(node.parent) === node) {
      const known = functions.get(symbol.id)
      functions.set(symbol.id, { file, node, calls: known?.calls ?? new Set() })
    } else if (within !== undefined) {
      const { id } = (symbol.flags & SymbolFlags.Alias) !== 0 ? checker.getAliasedSymbol(symbol) : symbol
      const caller = idOf.get(within)
      if (caller !== undefined) functions.get(caller)?.calls.add(id)
    }
  }
  return found
}

function builtInFault(node, symbol, checker, file) {
  const isMember = node.parent.kind === SyntaxKind.PropertyAccessExpression && node.parent.name === node
  const owner = isMember ? symbol.getParent()?.name : undefined
  const sentence = isMember ? memberFault(owner ?? '', node, checker) : globalFault(node, checker, file)
  if (sentence === undefined) return []
  const subject = isMember ? `${(owner ?? '').replace('Constructor', '')}.${node.text}` : node.text
  return [{ node, text: `${subject} ${sentence}` }]
}

/** The first words of a piece of source. */
function excerpt(node) {
  const [line = ''] = node.getText().split('\n')
  return line.length > 40 ? `${line.slice(0, 39)}…` : line
}
