import { forecasterScenarios, runForecasterScenario } from './forecasterScenarios.mjs'
import { numberScenario } from './numberScenario.mjs'
import { reputerScenarios } from './reputerScenarios.mjs'
import { runWorkerScenario, workerScenarios } from './workerScenarios.mjs'

const byRule = (scenario) => (run) => ({
  contribution: runWorkerScenario(scenario, run, 'contribution'),
  reference: runWorkerScenario(scenario, run, 'reference'),
})

/**
 * All scenarios: `{ id, title, criteria, note?, run({ seed, epochs }) → metrics by pay rule }`. A note says
 * why one has no criterion, or what it means that it is missed; `tier` says which runs have it: 0 all, 1 those of five
 * seeds or more, 2 those of the whole grid.
 */
export const scenarios = [
  ...workerScenarios.map((scenario) => ({ ...scenario, run: byRule(scenario) })),
  numberScenario,
  ...forecasterScenarios.map((scenario) => ({ ...scenario, run: (run) => runForecasterScenario(scenario, run) })),
  ...reputerScenarios.map((scenario) => ({ ...scenario, run: ({ seed }) => scenario.run(seed) })),
].toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
