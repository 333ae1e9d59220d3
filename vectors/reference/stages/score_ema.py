"""SPEC math 9.5, 10.3 and 10.5: score averages, the initial one, and what absence does to them."""
from .numbers import ema, exact, mpf, quantile, sample_sd

STAGE, SOURCE = 'scoreEma', 'SPEC math 9.5, 10.3, 10.5'


def initial_ema(averages, spread_weight):
    if len(averages) < 2:
        return averages[0] if averages else mpf(0)
    return min(averages) - spread_weight * sample_sd(averages)


def missed_epochs(i):
    """Whole epochs without the actor before the one that ended last; the lag is 0 except for reputers."""
    start = max(0, max(0, i['epochLastEnded'] - i['epochLength']) - i['lag'])
    return 0 if i['lastBlock'] >= start else (start - 1 - i['lastBlock']) // i['epochLength'] + 1


def solve(i):
    alpha = mpf(i['alpha'])
    averages = exact(i['emas'])
    initial = initial_ema(averages, mpf(i['lambda']))
    missed = missed_epochs(i)
    return {'ema': ema(alpha, i['current'], i['previous']), 'initial': initial, 'missed': missed,
            'quantile': quantile(averages, mpf(i['quantile'])),
            'penalised': initial + (mpf(i['current']) - initial) * (1 - alpha) ** missed}


def cases(rng):
    published = {'alpha': 0.1, 'current': 300, 'previous': None, 'emas': [200], 'lambda': 2, 'quantile': 0.25,
                 'epochLastEnded': 110, 'epochLength': 10, 'lag': 10, 'lastBlock': 55}
    yield published, solve(published)
    for index in range(59):
        emas = [round(rng.gauss(0, 1), 6) for _ in range([0, 1, 2, 5, 32][index % 5])]
        if index % 8 == 2:
            emas = [0.5] * len(emas)
        current = round(rng.gauss(0, 1), 6)
        i = {'alpha': rng.choice([0, 0.1, 0.5, 0.95]), 'current': current,
             'previous': [None, current, round(rng.gauss(0, 1), 6)][index % 3], 'emas': emas,
             'lambda': rng.choice([0, 2]), 'quantile': rng.choice([0, 0.25, 0.5, 1]),
             'epochLastEnded': rng.randrange(0, 1000), 'epochLength': rng.choice([1, 10, 12, 720]),
             'lag': rng.choice([0, 0, 12, 720]), 'lastBlock': rng.randrange(0, 1000)}
        yield i, solve(i)
