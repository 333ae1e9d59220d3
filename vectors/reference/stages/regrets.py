"""SPEC math 8.1 to 8.3 and 1.5: regrets of nine families, the newcomer's regret, the stored scale and weights.

Where family 5 lacks a cell the specification is in doubt. Chosen: the regret stays as it was.
"""
from mpmath import exp
from .numbers import ema, mpf, quantile, sample_sd, scale

STAGE, SOURCE = 'regrets', 'SPEC math 8.1, 8.2, 8.3, 1.5'


def by_name(entries):
    return {e['worker']: mpf(e['loss']) for e in entries}


def update_families(state, losses, params):
    """New regrets of the workers of this epoch; whatever they hold about absent ones stays."""
    initial, alpha = mpf(state['initialRegret']), mpf(params['alphaRegret'])
    inferers, forecasters = by_name(losses['inferers']), by_name(losses['forecasters'])
    combined, naive = mpf(losses['combined']), mpf(losses['naive'])
    cells = {(c['forecaster'], c['withheldInferer']): mpf(c['loss']) for c in losses['oneOutInfererForecasters']}

    def moved(before, against, own):
        return ema(alpha, against - own, initial if before is None else mpf(before))

    def family(stored, name, against, own):
        """`own` maps the withheld or added worker to this worker's loss; None leaves the regret as it was."""
        old = {k: mpf(v) for k, v in stored.get(name, {}).items()}
        new = {o: moved(old.get(o), loss, own(o)) for o, loss in against.items() if own(o) is not None}
        return {**old, **new}
    without_i, without_k = by_name(losses['oneOutInferers']), by_name(losses['oneOutForecasters'])
    with_k = by_name(losses['oneInForecasters'])
    out = {'inferers': {}, 'forecasters': {}}
    for j, own in inferers.items():
        s = state['inferers'].get(j, {})
        out['inferers'][j] = {
            'regret': moved(s.get('regret'), combined, own), 'naiveRegret': moved(s.get('naiveRegret'), naive, own),
            'withoutInferer': family(s, 'withoutInferer', without_i, lambda _: own),
            'withoutForecaster': family(s, 'withoutForecaster', without_k, lambda _: own),
            'withForecaster': family(s, 'withForecaster', with_k, lambda _: own)}
    for k, own in forecasters.items():
        s = state['forecasters'].get(k, {})
        before = s.get('withSelf')
        out['forecasters'][k] = {
            'regret': moved(s.get('regret'), combined, own),
            'withoutInferer': family(s, 'withoutInferer', without_i, lambda j: cells.get((k, j))),
            'withoutForecaster': family(s, 'withoutForecaster', without_k, lambda _: own),
            'withSelf': moved(before, with_k[k], own) if k in with_k else None if before is None else mpf(before)}
    return out


def initial_regret(state, updated, params):
    """Math 8.3 over this epoch's workers, and its list of all new regrets."""
    every, experienced = [], []
    for role in ('inferers', 'forecasters'):
        for name in sorted(updated[role]):
            regret, before = updated[role][name]['regret'], state[role].get(name, {})
            every.append(regret)
            if before.get('regret') is not None and before.get('inclusions', 0) >= 1 / mpf(params['alphaRegret']):
                experienced.append(regret)
    q = mpf(params['initialRegretQuantile'])
    if len(experienced) < params['minExperiencedWorkerRegrets']:
        return quantile(every, q), every
    offset = mpf(params['cNorm']) - mpf(params['pNormSafeDiv']) / mpf(params['pNorm'])
    return quantile(experienced, q) + offset * (sample_sd(experienced) + mpf(params['epsilon'])), every


def weigh(regrets, s, params):
    p, c = mpf(params['pNorm']), mpf(params['cNorm'])
    x = [r / s for r in regrets]
    w = [(1 + exp(-p * (max(x) - c))) / (1 + exp(-p * (v - c))) for v in x]
    return [v / sum(w) for v in w]


def solve(i):
    updated = update_families(i['state'], i['losses'], i['params'])
    initial, every = initial_regret(i['state'], updated, i['params'])
    s = scale(every, mpf(i['params']['epsilon']))
    names = [(role, n) for role in ('inferers', 'forecasters') for n in sorted(updated[role])]
    for (role, name), weight in zip(names, weigh(every, s, i['params'])):
        updated[role][name]['weight'] = weight
    return {'initialRegret': initial, 'regretScale': s, **updated}


PARAMS = {'pNorm': 3, 'cNorm': 0.75, 'alphaRegret': 0.1, 'epsilon': 0.01, 'pNormSafeDiv': 8.25,
          'initialRegretQuantile': 0.25, 'minExperiencedWorkerRegrets': 10}


def one_case(rng, index):
    inferers = [f'I{n:02}' for n in range([1, 2, 3, 5, 8, 12][index % 6])]
    forecasters = [f'K{n}' for n in range([0, 1, 2, 3][index % 4])]
    tied, all_new = index % 8 == 5, index % 7 == 3

    def number():
        return -1.5 if tied else round(rng.gauss(-1, 0.7), 6)

    def lost(names):
        return [{'worker': n, 'loss': number()} for n in names]

    def some(names):
        return {n: round(rng.gauss(0, 0.3), 6) for n in names if rng.random() < 0.7}
    several = forecasters if len(forecasters) > 1 else []
    losses = {'combined': number(), 'naive': number(), 'inferers': lost(inferers), 'forecasters': lost(forecasters),
              'oneOutInferers': lost(inferers if len(inferers) > 1 else []), 'oneOutForecasters': lost(several),
              'oneInForecasters': lost(several),
              'oneOutInfererForecasters': [{'forecaster': k, 'withheldInferer': j, 'loss': number()}
                                           for k in forecasters if len(inferers) > 1 for j in inferers if rng.random() < 0.85]}

    def known(names):
        """Mostly present workers, and one that is away."""
        return [n for n in names + ['gone'] if not all_new and rng.random() < 0.85]

    def regret():
        return round(rng.gauss(0, 0.3), 6) if rng.random() < 0.9 else None
    more = inferers + ['gone']
    state = {'initialRegret': 0 if all_new else round(rng.gauss(-0.5, 0.2), 6),
             'inferers': {n: {'regret': regret(), 'naiveRegret': regret(), 'withoutInferer': some(more),
                              'withoutForecaster': some(forecasters), 'withForecaster': some(forecasters),
                              'inclusions': rng.choice([0, 9, 10, 11, 30])} for n in known(inferers)},
             'forecasters': {k: {'regret': regret(), 'withoutInferer': some(more), 'withoutForecaster': some(forecasters),
                                 'withSelf': regret(), 'inclusions': rng.choice([9, 10, 40])} for k in known(forecasters)}}
    params = {**PARAMS, 'pNorm': rng.choice([1, 3]), 'alphaRegret': rng.choice([0.1, 0.1, 0.25, 1]),
              'minExperiencedWorkerRegrets': rng.choice([2, 10]), 'epsilon': rng.choice([0.01, 0.1])}
    return {'state': state, 'losses': losses, 'params': params}


def cases(rng):
    for index in range(72):
        i = one_case(rng, index)
        yield i, solve(i)
