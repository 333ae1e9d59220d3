/** Blocks of the tape. */
export const BLOCKS = 600
/** Arguments of each ported function on slow engines, and on those that compile. */
export const FEW_SAMPLES = 10_000
export const MANY_SAMPLES = 1_000_000

/** In an interpreter a signature takes a tenth of a second and more: there they are checked in every 50th block. */
const SELDOM = 50
const OFTEN = 10

/** What is played: engine, its flags and surroundings. With a seed, order and disturbances that must not matter. */
export const runs = [
  { title: 'DET-06 QuickJS', engine: 'quickJs', checkEvery: SELDOM, samples: FEW_SAMPLES },
  { title: 'DET-06 DET-07 this Node, without clock, random and locale', engine: 'node', samples: MANY_SAMPLES },
  { title: 'DET-06 Node 24', engine: 'node24', samples: MANY_SAMPLES },
  { title: 'DET-06 DET-01 JavaScriptCore', engine: 'bun', samples: MANY_SAMPLES },
  ...[
    { title: 'DET-05 Turkish, in Tokyo', env: { LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', TZ: 'Asia/Tokyo' } },
    { title: 'DET-05 German, in Newfoundland', env: { LANG: 'de_DE.UTF-8', LC_ALL: 'C', TZ: 'America/St_Johns' } },
    { title: 'DET-06 --jitless', flags: ['--jitless'], checkEvery: SELDOM },
    { title: 'DET-06 --always-turbofan', flags: ['--always-turbofan'] },
    { title: 'DET-14 --stack-size=200', flags: ['--stack-size=200'] },
    { title: 'DET-16 --max-old-space-size=64', flags: ['--max-old-space-size=64'] },
    { title: 'DET-19 --gc-interval=5000', flags: ['--gc-interval=5000'] },
    { title: 'DET-23 frozen prototypes', freeze: 'freeze' },
  ].map((run, i) => ({ engine: 'node', checkEvery: OFTEN, samples: FEW_SAMPLES, ...run, seed: i + 1 })),
]
