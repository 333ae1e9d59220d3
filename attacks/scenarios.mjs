import { forecasterScenarios, runForecasterScenario } from './forecasterScenarios.mjs'
import { numberScenario } from './numberScenario.mjs'
import { reputerScenarios } from './reputerScenarios.mjs'
import { runWorkerScenario, workerScenarios } from './workerScenarios.mjs'

const byRule = (scenario) => (seed) => ({
  contribution: runWorkerScenario(scenario, seed, 'contribution'),
  reference: runWorkerScenario(scenario, seed, 'reference'),
})

/** All scenarios: `{ id, title, criteria, note?, run(seed) → metrics by pay rule }`; a note says why one has no criterion. */
export const scenarios = [
  ...workerScenarios.map((scenario) => ({ ...scenario, run: byRule(scenario) })),
  numberScenario,
  ...forecasterScenarios.map((scenario) => ({ ...scenario, run: (seed) => runForecasterScenario(scenario, seed) })),
  ...reputerScenarios,
].toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
