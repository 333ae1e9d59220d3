import { describe, expect, it } from 'vitest'
import { inPieces, panelOf, refusalOf } from '../testing/readText.ts'
import { readPanel } from './readPanel.ts'

const columnsOf = async (text: string): Promise<unknown> => {
  const { truth, models, values } = await panelOf(text)
  return { truth: [...truth], models, values: values.map((column) => [...column]) }
}
const PLAIN = {
  truth: [1, 3],
  models: ['a', 'b'],
  values: [
    [1.5, 2],
    [2, 4],
  ],
}

describe('lines that are no rows', () => {
  it.each([
    ['mixed line ends', 'truth,a,b\r\n1,1.5,2\r3,2,4\n'],
    ['line ends of two carriage returns', 'truth,a,b\r\r\n1,1.5,2\r\r\n3,2,4\r\r\n'],
    ['a quoted hint of the separator', '"sep=;"\r\ntruth;a;b\r\n1;1.5;2\r\n3;2;4\r\n'],
    ['a hint below a blank line', '\nsep=;\ntruth;a;b\n1;1.5;2\n3;2;4\n'],
    ['comments above the header', '# made by hand; "for a test\n\n#second, line\ntruth,a,b\n1,1.5,2\n3,2,4\n'],
  ])('%s change nothing', async (_, text) => {
    expect(await columnsOf(text)).toEqual(PLAIN)
  })

  it('comments are counted, and count as lines, in pieces of any size', async () => {
    const text = '# one\n# two, with; marks\ntruth;a\n1;2\n'
    for (const size of [1, 3, 100]) {
      const panel = await readPanel('t.csv', inPieces(text, size))
      expect(panel.notes).toEqual(['2 lines above the header begin with # and were not read'])
      expect([...panel.lines]).toEqual([4])
    }
    expect((await panelOf('# one\ntruth,a\n1,2\n')).notes).toEqual([
      '1 line above the header begins with # and was not read',
    ])
  })

  it.each([
    ['#truth,a,b\n1,2,3\n', 'line 1: the header begins with "#". Delete that mark.'],
    ['# epoch;y;a\n1;2;3\n', 'line 1: the header begins with "#". Delete that mark.'],
    [
      'truth,a,b\n# hello\n1,2,3\n',
      'line 2: 1 fields, but the header has 3. It begins with #: only comments above the header are passed over. Delete the line.',
    ],
    ['{"truth":[1],"a":[2]}', 'line 1: this is JSON. Write the table as CSV'],
    ['[\n{"truth": 1}]', 'line 1: this is JSON. Write the table as CSV'],
    [
      'truth a b\n1 2 3\n',
      'line 1: there is no column "truth" (or "y"): the line is one cell, "truth a b". The first line must be the header, its cells separated by commas, semicolons, tabs or bars.',
    ],
    ['My panel\n\ntruth,a\n1,2\n', 'the line is one cell, "My panel".'],
  ])('%j is refused with what to do', async (text, sentence) => {
    expect(await refusalOf(text)).toContain(sentence)
  })
})

describe('headers', () => {
  it.each(['actual', 'y_true', 'Target', 'observed', 'ground_truth'])('say that %s may be the truth', async (name) => {
    expect(await refusalOf(`time,${name},a\n1,2,3\n`)).toContain(`Is it "${name}"? Then call that column truth.`)
  })

  it('take names that look the same as the same, and are found by them', async () => {
    for (const twin of ['a\u200b', '\u2060a', 'a\u00a0']) {
      expect(await refusalOf(`truth,a,${twin}\n1,2,3\n`)).toContain('columns 2 and 3 have the same name')
    }
    expect(await refusalOf('truth,\u00e9,e\u0301\n1,2,3\n')).toContain('columns 2 and 3 have the same name')
    const panel = await panelOf('\u200btruth,a,e\u0301\n1,2,3\n', { ignore: ['\u00e9'] })
    expect(panel.models).toEqual(['a'])
    expect((await panelOf('truth,a,A\n1,2,3\n')).models).toEqual(['a', 'A'])
  })

  it('refuse what pandas calls a column without a name', async () => {
    const sentence = await refusalOf('Unnamed: 0,truth,a\n0,1,2\n')
    expect(sentence).toContain('column "Unnamed: 0": is what pandas calls a column without a name')
    expect((await panelOf('Unnamed: 0,truth,a\n0,1,2\n', { ignore: ['Unnamed: 0'] })).models).toEqual(['a'])
  })

  it('note a column that counts the rows, wherever it stands', async () => {
    const { notes } = await panelOf('truth,a,id\n5,2,7\n6,2,8\n8,2,9\n')
    expect(notes).toEqual(['column "id" counts the rows: is it a model? (--ignore id leaves it out)'])
    expect((await panelOf('truth,a,id\n5,2,7\n6,2,8\n8,2,9.5\n')).notes).toEqual([])
    expect((await panelOf('truth,a,id\n7,2,7\n8,2,8\n9,2,9\n')).notes).toEqual([])
  })

  it('and cells of any length are cut in messages', async () => {
    const long = 'x'.repeat(5000)
    for (const text of [
      `truth,${long}\n1,no\n`,
      `truth,a\n1,1${'0'.repeat(5000)}\n`,
      `${long},b\n1,2\n`,
      `${long}\n1\n`,
    ]) {
      expect((await refusalOf(text)).length).toBeLessThan(400)
    }
  })
})

describe('cells', () => {
  it.each([
    '.',
    '?',
    'n.a.',
    '—',
    '–',
    '\\N',
    'missing',
    '#N/A N/A',
    '1.#QNAN',
    '-1.#IND',
    '#NULL!',
    '(null)',
    'undefined',
  ])('read %j as absent, and count it', async (word) => {
    expect((await panelOf(`truth,a,b\n1,${word},2\n`)).absent).toEqual({ empty: 0, spelled: 1 })
  })

  it('with a dot that could be one of thousands everywhere are read as decimals, which is said', async () => {
    const { truth, notes } = await panelOf('truth;a\n1.234;950\n980;2.750\n')
    expect([...truth]).toEqual([1.234, 980])
    expect(notes).toEqual([
      'line 2, column "truth": the dot in "1.234" was read as a decimal one, but every dot of the file could be one of thousands (--decimal dot says that it is none)',
    ])
    expect((await panelOf('truth;a\n1.234;950\n980;2.750\n', { decimal: 'dot' })).notes).toEqual([])
    for (const other of ['0.500', '1.25', '1200', '1.2345', '-0.125', '1e-3']) {
      expect((await panelOf(`truth;a\n1.234;950\n980;${other}\n`)).notes).toEqual([])
    }
    expect((await panelOf('truth;a\n1.234;1.500\n')).notes).toEqual([])
  })
})

describe('reserved cells', () => {
  it('available may be empty where there is no truth', async () => {
    const panel = await panelOf('epoch,available,truth,a\n0,,,2\n1,NA,,2\n2,5,1,2\n')
    expect([...panel.available]).toEqual([1, 2, 5])
    expect(await refusalOf('epoch,available,truth,a\n0,,1,2\n')).toContain(
      'line 2, column "available": empty, but the row has a truth. Name the first epoch whose prediction may use it.',
    )
  })

  it('epoch may be written with decimals that are zero, and else says what is wrong', async () => {
    expect([...(await panelOf('epoch;truth;a\n1,0;1,5;2\n2.0;1;2\n')).epoch]).toEqual([1, 2])
    expect(await refusalOf('epoch,truth,a\n2024-01-31,1,2\n')).toContain(
      '"2024-01-31" is not a whole number. Number the epochs 0, 1, 2, …; dates belong in a column time.',
    )
    expect(await refusalOf('epoch,truth,a\n,1,2\n')).toContain('column "epoch": empty. Number the epochs')
    expect(await refusalOf('epoch,truth,a\n9007199254740993,1,2\n')).toContain('is beyond 9007199254740991')
  })

  it('time that is empty leaves a row where it is, which is said', async () => {
    expect((await panelOf('time,truth,a\n1,1,2\n,1,2\n3,1,2\n')).notes).toEqual([
      '1 rows without a time were taken where they stand',
    ])
    expect((await panelOf('time,truth,a\n,1,2\n,1,2\n')).notes).toEqual([])
  })

  it('epoch and key that come twice are both taken, which is said', async () => {
    const { notes, rows } = await panelOf('epoch,key,truth,a\n0,x,1,2\n0,y,1,2\n0,x,1,2\n0,x,3,2\n1,x,1,2\n')
    expect(rows).toBe(5)
    expect(notes).toEqual(['2 rows have the epoch and key of a row before, first on line 4: all of them count'])
    expect((await panelOf('epoch,truth,a\n0,1,2\n0,1,2\n')).notes).toEqual([])
  })
})

describe('the long form', () => {
  it('reads words for nothing as an absent truth, except where a label is called so', async () => {
    const rows = (truth: string): string => `0,up,${truth},1\n0,NA,${truth},0\n`
    const of = async (truth: string) => [...(await panelOf(`epoch,output,truth,a\n${rows(truth)}`)).truth]
    for (const word of ['', 'NaN', 'null', 'None', '#N/A']) expect(await of(word)).toEqual([Number.NaN])
    expect(await of('NA')).toEqual([1])
    expect(await of('up')).toEqual([0])
  })

  it('knows one level by its number, however it is written', async () => {
    const comma = await panelOf('epoch;output;truth;a\n0;0,10;5,5;3,5\n0;0,9;5,5;7\n1;,1;6;3\n1;0,90;6;7\n')
    expect(comma).toMatchObject({ kind: 'quantiles', outputs: ['0.1', '0.9'] })
    expect([...(comma.values[0] ?? [])]).toEqual([3.5, 7, 3, 7])
    expect(await refusalOf('epoch,output,truth,a\n0,0.1,5,3\n0,0.10,5,7\n')).toContain('a second row for "0.1"')
  })

  it.each(['10', '10%', 'q10', '0'])('says how levels are written where %j is one', async (level) => {
    const sentence = await refusalOf(`epoch,output,truth,a\n0,${level},5,3\n0,90,5,7\n`)
    expect(sentence).toContain(`"5" is none of the labels: ${level}, 90. Levels of quantiles are written as 0.1.`)
  })
})
