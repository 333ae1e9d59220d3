"""SPEC math 9.3 and 9.4; lifecycle 4.2: scores of reputers and how much each is listened to.

The specification leaves open how a coefficient is kept from 0. Chosen: it is at least 1e-18, also after the
step toward half of the stake.
"""
from mpmath import sqrt
from .numbers import mpf

BLOCKS = ['inferers', 'forecasters', 'oneOutInfererForecasters', 'oneOutInferers', 'oneOutForecasters', 'oneInForecasters']
LOWEST = mpf('1e-18')
DEFAULTS = {'epsilonReputer': 0.01, 'epsilonSafeDiv': 1e-7, 'learningRate': 0.05, 'gradientDescentMaxIters': 10,
            'maxGradientThreshold': 0.001, 'minStakeFraction': 0.5}


def key_of(entry):
    return (entry['forecaster'], entry['withheldInferer']) if 'forecaster' in entry else (entry['worker'],)


def matrix(reports):
    """A row per reputer with a column per quantity that anybody reported; None where it did not."""
    rows = [[mpf(r['losses']['combined']), mpf(r['losses']['naive'])] for r in reports]
    for block in BLOCKS:
        found = [{key_of(e): mpf(e['loss']) for e in r['losses'][block]} for r in reports]
        for key in sorted(set().union(*found)):
            for row, own in zip(rows, found):
                row.append(own.get(key))
    return rows


def adjusted(stakes, a):
    total = sum(x * s for x, s in zip(a, stakes))
    return [min(len(stakes) * x * s / total, mpf(1)) for x, s in zip(a, stakes)]


def scores(rows, stakes, a, params):
    weight = adjusted(stakes, a)
    consensus, filled = [], [[] for _ in rows]
    for column in zip(*rows):
        told = [(v, w) for v, w in zip(column, weight) if v is not None]
        middle = sum(v * w for v, w in told) / sum(w for _, w in told)
        consensus.append(middle)
        far, distance = None, mpf(-1)
        for v, _ in told:
            if middle - v > distance:
                far, distance = v, middle - v
        for row, v in zip(filled, column):
            row.append(far if v is None else v)
    norm = sqrt(sum(c * c for c in consensus))
    norm = mpf(params['epsilonSafeDiv']) if norm == 0 else norm
    return [1 / (sqrt(sum((v - c) ** 2 for v, c in zip(row, consensus))) / norm + mpf(params['epsilonReputer']))
            for row in filled]


def listen(rows, stakes, start, params):
    """Scores of the last iteration's start, and the coefficients after it."""
    rate, step = mpf(params['learningRate']), mpf('0.001')
    least, total = mpf(params['minStakeFraction']), sum(stakes)
    a, result, rounds, steepest = list(start), [mpf(0)] * len(start), 0, mpf(1)

    def mass(values):
        return sum(v * s for v, s in zip(values, stakes))
    while steepest >= mpf(params['maxGradientThreshold']) and rounds < params['gradientDescentMaxIters']:
        old = list(a)
        result = scores(rows, stakes, old, params)
        wanted = []
        for place, own in enumerate(old):
            d = -step if own == 1 else step
            tried = scores(rows, stakes, old[:place] + [own + d] + old[place + 1:], params)
            slope = (1 - mass(result) / mass(tried)) / d
            wanted.append(min(max(own + rate * slope, LOWEST), mpf(1)))
        before, after = mass(old) / total, mass(wanted) / total
        if after >= least:
            a = wanted
        elif after == before:
            break
        else:
            a = [max(o + (w - o) * (least - before) / (after - before), LOWEST) for o, w in zip(old, wanted)]
        steepest = max(abs(n - o) for n, o in zip(a, old)) / rate
        rounds += 1
    return result, a


def bundle(rng, inferers, forecasters, base, noise, gaps):
    """Losses near `base`, a map that is filled on the way so that all reputers see about the same."""
    def near(key):
        if key not in base:
            base[key] = rng.gauss(-1, 1)
        return round(base[key] + rng.gauss(0, noise), 6)

    def lost(name, workers):
        return [{'worker': w, 'loss': near((name, w))} for w in workers if rng.random() >= gaps]
    several = forecasters if len(forecasters) > 1 else []
    return {'combined': near('combined'), 'naive': near('naive'), 'inferers': lost('i', inferers),
            'forecasters': lost('k', forecasters), 'oneOutInferers': lost('oi', inferers if len(inferers) > 1 else []),
            'oneOutForecasters': lost('ok', several), 'oneInForecasters': lost('+k', several),
            'oneOutInfererForecasters': [{'forecaster': k, 'withheldInferer': j, 'loss': near((k, j))}
                                         for k in forecasters if len(inferers) > 1 for j in inferers if rng.random() >= gaps]}


def reports(rng, index):
    inferers = [f'I{n}' for n in range([1, 2, 3, 5][index % 4])]
    forecasters = [f'K{n}' for n in range(index % 3)]
    count = [1, 2, 3, 4, 6][index % 5]
    gaps, base, noise = (0.15 if index % 3 == 2 else 0), {}, rng.choice([0.01, 0.1, 0.5])
    made = []
    for n in range(count):
        wild = 4 * noise if n == 1 and index % 6 == 5 else noise
        made.append({'reputer': f'R{n}', 'stake': rng.choice([10, 100, 100, 1000]) if index % 4 else 50,
                     'losses': bundle(rng, inferers, forecasters, base, wild, gaps)})
    if index % 10 == 8:
        for r in made:
            r['losses'] = made[0]['losses']
    return made
