import { describe, expect, it } from 'vitest'
import { inPieces, panelOf, refusalOf } from '../testing/readText.ts'
import { readPanel } from './readPanel.ts'

const NaNs = (count: number): number[] => Array.from({ length: count }, () => Number.NaN)

describe('cells', () => {
  it.each(['', 'NA', 'N/A', 'n/a', 'NaN', 'nan', 'null', 'NULL', 'None', '#N/A', '<NA>', '-', ' '])(
    'read %j as absent, and count it',
    async (spelling) => {
      const panel = await panelOf(`truth,a,b\n1,${spelling},2\n`)
      expect(panel.values.map((column) => [...column])).toEqual([NaNs(1), [2]])
      expect(panel.absent.empty + panel.absent.spelled).toBe(1)
      expect(panel.absent.spelled).toBe(spelling.trim() === '' ? 0 : 1)
    },
  )

  it.each([
    ['1e3', 1000],
    ['-2.5E-2', -0.025],
    ['+4', 4],
    ['.5', 0.5],
    ['5.', 5],
    [' 7 ', 7],
    ['"8"', 8],
    ['1e-400', 0],
    ['0.1000000000000000055511151231257827', 0.1],
  ])('read %s as %d', async (cell, value) => {
    expect((await panelOf(`truth,a\n1,${cell}\n`)).values[0]?.[0]).toBe(value)
  })

  it.each([
    ['1,234,567', 'grouped in thousands'],
    ['1,234.5', 'grouped in thousands'],
    ['1 234', 'grouped in thousands'],
    ["1'234", 'grouped in thousands'],
    ['1,234', 'decimal comma or thousands'],
    ['inf', 'infinite'],
    ['-Infinity', 'infinite'],
    ['1e999', 'beyond the range'],
    ['12%', 'percentage'],
    ['0x1F', 'not a number'],
    ['abc', 'not a number'],
    ['2024-01-31', 'a date'],
  ])('refuse %j with file, line and column', async (cell, reason) => {
    const sentence = await refusalOf(`truth,a,b\n1,2,3\n\n4,"${cell}",5\n`)
    expect(sentence).toMatch(/^t\.csv, line 4, column "a": /)
    expect(sentence).toContain(cell)
    expect(sentence).toContain(reason)
  })
})

describe('decimal commas', () => {
  it('are read between semicolons, tabs and in quotes', async () => {
    for (const text of [
      'truth;a\n1,5;2,25\n',
      'truth\ta\n1,5\t2,25\n',
      'truth,a\n"1,5","2,25"\n',
      'truth|a\n1,5|2,25\n',
    ]) {
      const panel = await panelOf(text)
      expect([panel.truth[0], panel.values[0]?.[0]]).toEqual([1.5, 2.25])
    }
  })

  it('are not guessed where every one could be thousands, unless it is said', async () => {
    const text = 'truth;a\n1,234;2,345\n'
    expect(await refusalOf(text)).toBe(
      't.csv, line 2, column "truth": "1,234": is it a decimal comma or thousands? Say --decimal comma, or write the numbers without separators.',
    )
    expect((await panelOf(text, { decimal: 'comma' })).truth[0]).toBe(1.234)
    expect(await refusalOf(text, { decimal: 'dot' })).toContain('grouped in thousands')
  })

  it('are taken as such where one number of the file proves it', async () => {
    expect((await panelOf('truth;a\n1,234;0,345\n')).truth[0]).toBe(1.234)
    expect((await panelOf('truth;a\n1,234;2,5\n')).truth[0]).toBe(1.234)
  })

  it('and dots together are refused', async () => {
    expect(await refusalOf('truth;a\n1,5;2.5\n')).toBe(
      't.csv, line 2, column "truth": "1,5" has a decimal comma or thousands, but line 2, column "a" has "2.5". Write all one way.',
    )
    expect(await refusalOf('truth;a\n1.5;2.5\n', { decimal: 'comma' })).toContain('line 2, column "truth"')
  })
})

describe('files', () => {
  it('may have a byte order mark, CRLF or CR, quoted headers, a hint of the separator and blank lines', async () => {
    const plain = await panelOf('truth,my model\n1,2\n3,4\n')
    for (const text of [
      '\uFEFFtruth,my model\n1,2\n3,4',
      'truth,my model\r\n1,2\r\n3,4\r\n\r\n\r\n',
      'truth,my model\r1,2\r3,4\r',
      '"truth","my model"\n"1","2"\n3,4\n,\n',
      'sep=;\ntruth;my model\n1;2\n3;4\n',
      '\n\ntruth,my model\n\n1,2\n \n3,4\n , \n,\n',
      'truth,my model,\n1,2,\n3,4,\n',
    ]) {
      const { lines: _, ...rest } = await panelOf(text)
      expect(rest).toEqual({ ...plain, lines: undefined, ...rest, models: ['my model'] })
      expect([[...rest.truth], rest.values.map((column) => [...column])]).toEqual([[1, 3], [[2, 4]]])
    }
  })

  it('keep a row of nothing but separators between others: it is a row without truth and models', async () => {
    const panel = await panelOf('truth,a\n1,2\n,\n3,4\n')
    expect([[...panel.truth], [...panel.epoch]]).toEqual([
      [1, Number.NaN, 3],
      [0, 1, 2],
    ])
  })

  it('count lines through quoted line feeds and blank lines', async () => {
    expect(await refusalOf('ctx_a,truth,m\n"two\nlines",1,2\n\nx,1,bad\n')).toContain('line 5, column "m"')
  })

  it.each([
    ['', 'the file is empty.'],
    ['\n \n', 'the file is empty.'],
    ['truth,a\n', 'there is no row below the header.'],
    ['a,b\n1,2\n', 'line 1: there is no column "truth" (or "y"). The header has: a, b.'],
    ['truth\n1\n', 'line 1: there is no column of a model'],
    ['truth,y,a\n1,2,3\n', 'column "y": a second column for the truth, beside column 1.'],
    ['truth,a,a\n1,2,3\n', 'line 1, column "a": columns 2 and 3 have the same name.'],
    [',truth,a\n0,1,2\n', 'column 1 has no name.'],
    ['truth,a,timestamp\n1,2,3\n', 'looks like a time'],
    ['truth,a\n1,2\n3\n', 'line 3: 1 fields, but the header has 2.'],
    ['truth,a\n1,2,3\n', 'line 2: 3 fields, but the header has 2.'],
    ['truth,a\n1,"2\n3,4\n', 'line 2: a quotation mark is not closed'],
    ['epoch,truth,a\n1.5,1,2\n', 'line 2, column "epoch": "1.5" is not a whole number.'],
    ['epoch,available,truth,a\n3,3,1,2\n', 'line 2, column "available": 3 is not after the row’s epoch 3'],
    ['scale,truth,a\n0,1,2\n', 'line 2, column "scale": must be above 0'],
    ['scale,truth,a\n,1,2\n', 'line 2, column "scale": must be above 0'],
  ])('%j are refused', async (text, sentence) => {
    expect((await refusalOf(text)).replace("row's", 'row’s')).toContain(sentence)
  })

  it('are read the same in pieces of any size', async () => {
    const text = '\uFEFFtime;truth;"a;b"\r\n2024-01-01;1,5;2,5\r\n"2024-01-02";;3,5\r\n'
    const whole = await panelOf(text)
    for (const size of [1, 2, 3, 7]) expect(await readPanel('t.csv', inPieces(text, size))).toEqual(whole)
  })
})

describe('columns', () => {
  it('that are carried along, ignored or selected are no models', async () => {
    const text = 'horizon,truth,ref_x,ctx_y,a,b\n0,1,text,more,2,3\n1,4,,,5,6\n'
    const panel = await panelOf(text, { ignore: ['b'], where: [{ column: 'horizon', value: '1' }] })
    expect(panel).toMatchObject({ models: ['a'], rows: 1, leftOut: 1, notes: [] })
    expect([...panel.truth]).toEqual([4])
    expect((await panelOf(text)).notes).toEqual([
      'read as models though before the truth: horizon (--ignore NAME leaves a column out)',
    ])
    expect(await refusalOf(text, { ignore: ['c'] })).toContain('there is no column "c" to ignore')
    expect(await refusalOf(text, { where: [{ column: 'horizon', value: '7' }] })).toContain('left out all 2 rows')
  })

  it('model@forecaster are forecasts; about nobody they are noted and not used', async () => {
    const panel = await panelOf('truth,a,b,a@f,b@f,c@f\n1,2,3,-1,NA,0\n')
    expect(panel.models).toEqual(['a', 'b'])
    expect(panel.forecasts.map(({ model, forecaster, values }) => [model, forecaster, [...values]])).toEqual([
      [0, 'f', [-1]],
      [1, 'f', NaNs(1)],
    ])
    expect(panel.notes).toEqual(['column "c@f" forecasts the loss of "c", which is no model here: not used'])
    expect(panel.absent).toEqual({ empty: 0, spelled: 0 })
  })

  it('epoch and available are as given, by default the row and the epoch after', async () => {
    const panel = await panelOf('truth,a\n1,2\n3,4\n')
    expect([[...panel.epoch], [...panel.available], [...panel.scale]]).toEqual([
      [0, 1],
      [1, 2],
      [1, 1],
    ])
  })
})

describe('times (FL-19, FL-25)', () => {
  it.each([
    ['2024-01-01\n2024-01-01', 'is the same time as "2024-01-01" on line 2. Add a column epoch'],
    ['2024-01-02\n2024-01-01', 'is before "2024-01-02" on line 2. Sort the rows'],
    ['09/08/2024\n10/08/2024', 'may be day or month first'],
    ['2024-02-30\n2024-03-01', 'no day of the calendar'],
    ['1\n2024-01-01', 'a time of another kind'],
    ['soon\nlater', 'is not a time that can be read'],
  ])('%j are refused', async (times, sentence) => {
    const text = `time,truth,a\n${times
      .split('\n')
      .map((time) => `${time},1,2`)
      .join('\n')}\n`
    expect(await refusalOf(text)).toContain(sentence)
  })

  it('of any order are taken where a column epoch says it, with a note', async () => {
    const panel = await panelOf('epoch,time,truth,a\n0,2024-01-02,1,2\n0,2024-01-02,1,2\n1,2024-01-01,1,2\n')
    expect(panel.notes).toEqual(['from line 4 on times run against the epochs, which decide'])
  })

  it('without a zone are read as UTC, which is said', async () => {
    expect((await panelOf('time,truth,a\n2024-01-01 10:00:00,1,2\n')).notes).toEqual([
      '1 times without a zone were read as UTC',
    ])
  })
})

describe('the long form', () => {
  it('holds labels, one row each, in any order, told apart by epoch and key', async () => {
    const text =
      'epoch,key,output,truth,a,b\n0,x,up,down,0.2,\n0,y,up,up,0.6,0.5\n0,x,down,down,0.8,0.1\n0,y,down,up,0.4,0.5\n'
    const panel = await panelOf(text)
    expect(panel).toMatchObject({ kind: 'labels', outputs: ['up', 'down'], rows: 4 })
    expect([[...panel.truth], [...panel.caseOf], [...panel.outputOf]]).toEqual([
      [1, 0],
      [0, 1, 0, 1],
      [0, 0, 1, 1],
    ])
    expect(panel.values.map((column) => [...column])).toEqual([
      [0.2, 0.8, 0.6, 0.4],
      [Number.NaN, 0.1, 0.5, 0.5],
    ])
  })

  it('holds quantiles, sorted by level, and tells cases apart by levels that come round again', async () => {
    const panel = await panelOf('output,truth,a\n0.9,5,9\n0.1,5,1\n0.5,5,4\n0.9,6,10\n0.1,6,2\n')
    expect(panel).toMatchObject({ kind: 'quantiles', outputs: ['0.1', '0.5', '0.9'] })
    expect([...(panel.values[0] ?? [])]).toEqual([1, 4, 9, 2, Number.NaN, 10])
    expect([...panel.epoch]).toEqual([0, 1])
  })

  it.each([
    ['epoch,output,truth,a\n0,up,up,1\n0,up,up,1\n', 'a second row for "up"'],
    ['epoch,output,truth,a\n0,up,up,1\n0,down,down,1\n', 'another truth than on line 2'],
    ['epoch,output,truth,a\n0,up,sideways,1\n', '"sideways" is none of the labels: up.'],
    ['output,truth,a\n0.5,1,1\nup,1,1\n', '"up" is not a quantile level'],
    ['output,truth,a\n,1,1\n', 'empty. Name the label or the level.'],
  ])('%j is refused', async (text, sentence) => {
    expect(await refusalOf(text)).toContain(sentence)
  })
})
