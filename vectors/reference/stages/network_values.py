"""SPEC math 2, 3: every network value of an epoch."""
from mpmath import exp
from .numbers import exact, median, mpf, scale

STAGE, SOURCE = 'networkValues', 'SPEC math 2 and 3'
SAFE_DIV = mpf(1e-7)
FORECASTERS = ['F1', 'F2', 'F3']


def weights(regrets, inp):
    """Math 1.3 with the stored scale, or with the scale of these regrets."""
    stored = mpf(inp['state']['regretScale'])
    s = stored if stored > 0 else scale(regrets, mpf(inp['epsilon']))
    x = [r / s for r in regrets]
    p, c = mpf(inp['pNorm']), mpf(inp['cNorm'])
    top = 1 + exp(-p * (max(x) - c))
    return [top / (1 + exp(-p * (v - c))) for v in x]


def average(pairs, floor):
    """Weighted average per output; None where nobody has a value."""
    if not pairs:
        return None
    den = max(sum(w for w, _ in pairs), floor)
    return [sum(w * v[i] for w, v in pairs) / den for i in range(len(pairs[0][1]))]


def implied(elements, values, inp):
    """Math 2: the forecast-implied inference over the inferers in `values`; None without any."""
    kept = [(mpf(e['value']), values[e['inferer']]) for e in elements if e['inferer'] in values]
    if not kept:
        return None
    if inp['state']['initialRegret'] == 0:
        return [median([v[i] for _, v in kept]) for i in range(len(kept[0][1]))]
    if len(kept) == 1:
        return kept[0][1]
    regrets = [mpf(inp['state']['combinedLoss']) - loss for loss, _ in kept]
    return average(list(zip(weights(regrets, inp), [v for _, v in kept])), mpf(0))


def combine(inferers, forecasters, inp):
    """Math 3.2 over (value, regret) pairs, a forecaster's value may be missing."""
    if inp['state']['initialRegret'] == 0:
        return average([(mpf(1), v) for v, _ in inferers], SAFE_DIV)
    members = inferers + forecasters
    w = weights([r for _, r in members], inp)
    return average([(wi, v) for wi, (v, _) in zip(w, members) if v is not None], SAFE_DIV)


def solve(inp):
    state = inp['state']
    values = {i['worker']: exact(i['values']) for i in inp['inferences']}
    names = sorted(values)
    if not names:
        return None
    initial = state['initialRegret']

    def of(group, who, family, other=None):
        entry = state[group].get(who, {}).get(family)
        found = entry if other is None or entry is None else entry.get(other)
        return mpf(initial if found is None else found)

    def listed(vs):
        return [{'worker': n, 'values': v} for n, v in vs]
    if len(names) == 1:
        v = values[names[0]]
        return {'weights': [], 'combined': v, 'naive': v, 'inferers': listed([(names[0], v)]), 'forecasters': [], 'oneOutInferers': [],
                'oneOutForecasters': [], 'oneInForecasters': [], 'oneOutInfererForecasters': []}
    elements = {f['forecaster']: f['elements'] for f in inp['forecasts']} if state['combinedLoss'] is not None else {}
    fi = {k: implied(elements[k], values, inp) for k in sorted(elements)}
    fi = {k: v for k, v in fi.items() if v is not None}

    def without(out):
        rest = {n: v for n, v in values.items() if n != out}
        ins = [(rest[n], of('inferers', n, 'withoutInferer', out)) for n in sorted(rest)]
        fs = [(implied(elements[k], rest, inp), of('forecasters', k, 'withoutInferer', out)) for k in fi]
        return combine(ins, fs, inp)

    several = len(fi) > 1
    if initial == 0:
        weighed = [(n, mpf(1)) for n in names]
    else:
        members = [(n, of('inferers', n, 'regret')) for n in names] + [(k, of('forecasters', k, 'regret')) for k in fi]
        weighed = list(zip([n for n, _ in members], weights([r for _, r in members], inp)))
    return {
        'weights': [{'worker': n, 'weight': w} for n, w in weighed],
        'combined': combine([(values[n], of('inferers', n, 'regret')) for n in names],
                            [(fi[k], of('forecasters', k, 'regret')) for k in fi], inp),
        'naive': combine([(values[n], of('inferers', n, 'naiveRegret')) for n in names], [], inp),
        'inferers': listed([(n, values[n]) for n in names]),
        'forecasters': listed(fi.items()),
        'oneOutInferers': listed([(n, without(n)) for n in names]),
        'oneOutForecasters': listed([(out, combine(
            [(values[n], of('inferers', n, 'withoutForecaster', out)) for n in names],
            [(fi[k], of('forecasters', k, 'withoutForecaster', out)) for k in fi if k != out], inp))
            for out in fi]) if several else [],
        'oneInForecasters': listed([(k, combine(
            [(values[n], of('inferers', n, 'withForecaster', k)) for n in names],
            [(fi[k], of('forecasters', k, 'withSelf'))], inp)) for k in fi]) if several else [],
        'oneOutInfererForecasters': [
            {'forecaster': k, 'withheldInferer': n, 'values': cell} for k in fi for n in names
            for cell in [implied(elements[k], {m: v for m, v in values.items() if m != n}, inp)] if cell is not None],
    }


def some(rng, keys, share=0.8):
    """A regret for most of the keys; the others fall back to the initial regret."""
    return {k: round(rng.gauss(0, 0.3), 6) for k in keys if rng.random() < share}


def one_case(rng, index):
    count = [1, 2, 2, 3, 5, 8][index % 6]
    labels = [1, 1, 3][index % 3]
    everybody = [f'W{i}' for i in range(count)]
    tied = index % 10 == 7
    inferences = [{'worker': n, 'values': [5.0 if tied else round(rng.gauss(5, 2), 6) for _ in range(labels)]}
                  for n in everybody]
    rng.shuffle(inferences)
    forecasters = FORECASTERS[:index % 4]
    forecasts = [{'forecaster': k, 'elements': [{'inferer': n, 'value': round(rng.gauss(0, 0.5), 6)}
                                                for n in everybody + ['absent'] if rng.random() < 0.7]}
                 for k in forecasters]
    known = [n for n in everybody if rng.random() < 0.85]
    state = {
        'initialRegret': 0 if index % 9 == 4 else round(rng.gauss(-0.5, 0.2), 6),
        'regretScale': rng.choice([0, 0.25, 0.7]),
        'combinedLoss': None if index % 11 == 5 else round(rng.gauss(0, 0.5), 6),
        'inferers': {n: {'regret': round(rng.gauss(0, 0.3), 6), 'naiveRegret': round(rng.gauss(0, 0.3), 6),
                         'withoutInferer': some(rng, everybody), 'withoutForecaster': some(rng, forecasters),
                         'withForecaster': some(rng, forecasters)} for n in known},
        'forecasters': {k: {'regret': round(rng.gauss(0, 0.3), 6), 'withoutInferer': some(rng, everybody),
                            'withoutForecaster': some(rng, forecasters), 'withSelf': round(rng.gauss(0, 0.3), 6)}
                        for k in forecasters if rng.random() < 0.85},
    }
    return {'inferences': inferences, 'forecasts': forecasts, 'state': state,
            'pNorm': rng.choice([1, 3]), 'cNorm': 0.75, 'epsilon': rng.choice([0.01, 0.1])}


def cases(rng):
    for index in range(60):
        inp = one_case(rng, index)
        yield inp, solve(inp)
