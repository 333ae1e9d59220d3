import { describe, expect, it } from 'vitest'
import { canonicalLabel, closeLabels, type LabelRules, normalizeSubmission } from './normalizeLabels.ts'

const rules: LabelRules = {
  multi: true,
  requireUnity: true,
  unityTolerance: 1e-6,
  defaultValue: 0,
  whitelist: [],
  maxLabels: 3,
  caseSensitive: false,
  maxLabelBytes: 64,
  maxRegistry: 3,
}

describe('canonicalLabel', () => {
  it('trims and lowers', () => {
    expect(canonicalLabel('  Team A/1.x-y_z ', rules)).toBe('team a/1.x-y_z')
    expect(canonicalLabel(' Up', { ...rules, caseSensitive: true })).toBe('Up')
  })

  it.each(['', '  ', 'ä', 'a\nb', '\u00a0a', '\u180ea', '\ufeffa', 'x'.repeat(65)])('refuses %j', (label) => {
    expect(canonicalLabel(label, rules)).toHaveProperty('fault')
  })
})

describe('normalizeSubmission', () => {
  it('appends unknown labels in the order seen and leaves defaults out', () => {
    const submitted = [
      { label: 'Down', value: 0.25 },
      { label: 'flat', value: 0 },
      { label: 'up', value: 0.75 },
    ]
    expect(normalizeSubmission(submitted, ['up'], rules)).toEqual({ registry: ['up', 'down'], values: [0.75, 0.25] })
  })

  it.each([
    [[], 'at least one label'],
    [[{ label: 'a', value: 0.5 }], 'sum to 1'],
    [[{ label: 'a', value: Number.NaN }], 'finite'],
    [[{ label: 'a', value: 0 }], 'differs from the default'],
    [['A', 'a'].map((label) => ({ label, value: 0.5 })), 'twice'],
    [['a', 'b', 'c', 'd'].map((label) => ({ label, value: 0.25 })), 'at most 3'],
  ])('refuses %j', (submitted, fault) => {
    expect(normalizeSubmission(submitted, [], rules)).toMatchObject({ fault: expect.stringContaining(fault) })
  })

  it('holds to the list and to the size of the registry', () => {
    const one = [{ label: 'a', value: 1 }]
    expect(normalizeSubmission(one, [], { ...rules, whitelist: ['b'] })).toHaveProperty('fault')
    expect(normalizeSubmission(one, ['x', 'y', 'z'], rules)).toHaveProperty('fault')
  })

  it('takes one value where the topic has one output', () => {
    const single = { ...rules, multi: false }
    expect(normalizeSubmission([{ label: '', value: 5 }], [], single)).toEqual({ registry: ['y'], values: [5] })
    expect(normalizeSubmission([{ label: 'z', value: 5 }], [], single)).toHaveProperty('fault')
  })
})

describe('closeLabels', () => {
  it('keeps used labels in first-seen order and fills short vectors', () => {
    const inferences = [
      { worker: 'b', values: [0, 0, 0.5, 0.5] },
      { worker: 'a', values: [1] },
    ]
    expect(closeLabels(inferences, ['up', 'gone', 'down', 'flat'], rules)).toEqual({
      registry: ['up', 'down', 'flat'],
      inferences: [
        { worker: 'a', values: [1, 0, 0] },
        { worker: 'b', values: [0, 0.5, 0.5] },
      ],
    })
    expect(closeLabels([], ['up'], rules)).toHaveProperty('fault')
  })
})
