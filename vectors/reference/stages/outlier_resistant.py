"""SPEC math 5: the values without the inferences that lie far outside; single values only."""
from . import network_values
from .numbers import ema, mad, median, mpf

STAGE, SOURCE = 'outlierResistant', 'SPEC math 5'


def spread_ema(values, before, alpha):
    now = mad(values)
    return now if before == 0 else ema(alpha, now, before)


def solve(i):
    values = [mpf(e['values'][0]) for e in i['inferences']]
    middle = median(values)
    smoothed = spread_ema(values, i['state']['inferenceMadEma'], i['outlierAlpha'])
    bound = mpf(i['outlierThreshold']) * smoothed
    kept = [e for e, v in zip(i['inferences'], values) if middle == 0 or smoothed == 0 or abs(v - middle) <= bound]
    return {'madEma': smoothed, 'values': network_values.solve({**i, 'inferences': kept})}


def cases(rng):
    for index in range(60):
        i = network_values.one_case(rng, index)
        for e in i['inferences']:
            e['values'] = e['values'][:1]
        if index % 2 and len(i['inferences']) > 2:
            i['inferences'][0]['values'] = [round(rng.choice([-1, 1]) * 10 ** rng.uniform(1, 4), 4)]
        if index % 14 == 9:
            i['inferences'] = [{**e, 'values': [0]} if n else e for n, e in enumerate(i['inferences'])]
        i['state']['inferenceMadEma'] = 0 if index % 5 == 0 else round(rng.uniform(0.001, 2), 6)
        i['outlierThreshold'], i['outlierAlpha'] = rng.choice([11, 11, 2]), 0.2
        yield i, solve(i)
