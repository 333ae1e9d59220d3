"""SPEC math 9.5 and 10.5"""
from .numbers import exact, sample_sd, mpf
from .samples import lists
STAGE, SOURCE = 'scoreEma', 'SPEC math 9.5, 10.5'

def cases(rng):
    for i, emas in enumerate([[]] + lists(rng, 59)):
        cur, alpha, missed = round(rng.gauss(0, 1), 6), rng.choice([0, 0.1, 0.5]), rng.choice([0, 1, 4, 20])
        prev = None if i % 6 == 0 else cur if i % 7 == 0 else round(rng.gauss(0, 1), 6)
        a, x = mpf(alpha), exact(emas)
        ema = mpf(cur) if prev is None else a * mpf(cur) + (1 - a) * mpf(prev)
        initial = mpf(0) if not x else min(x) - 2 * sample_sd(x)
        inp = {'alpha': alpha, 'current': cur, 'previous': prev, 'emas': emas, 'lambda': 2, 'missed': missed}
        yield inp, {'ema': ema, 'initial': initial, 'penalised': initial + (mpf(cur) - initial) * (1 - a) ** missed}
