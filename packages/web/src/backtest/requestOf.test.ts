import { expect, it } from 'vitest'
import { requestOf } from './requestOf.ts'

function fieldsOf(given: Readonly<Record<string, string>>): FormData {
  const fields = new FormData()
  for (const [name, value] of Object.entries(given)) fields.set(name, value)
  return fields
}

it('asks for nothing where the fields are empty', () => {
  const empty = { loss: '', synthesis: '', warmup: ' ', ignore: '', where: '\n \n', decimal: '' }
  expect(requestOf(fieldsOf(empty))).toEqual({})
})

it('takes each option as the command line does', () => {
  const given = { loss: ' huber:1 ', synthesis: 'regret', warmup: '20', ignore: 'a,b', where: 'x=1\n\ny=2', all: 'on' }
  expect(requestOf(fieldsOf({ ...given, decimal: 'comma', keep: 'on' }))).toEqual({
    loss: 'huber:1',
    synthesis: 'regret',
    all: true,
    warmup: '20',
    ignore: 'a,b',
    where: ['x=1', 'y=2'],
    decimal: 'comma',
  })
})

it('hands on what is no option’s value, so that the error names it', () => {
  expect(requestOf(fieldsOf({ loss: 'rmse', warmup: '1.5', where: 'x' }))).toEqual({
    loss: 'rmse',
    warmup: '1.5',
    where: ['x'],
  })
})
