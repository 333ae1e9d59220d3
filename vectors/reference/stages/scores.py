"""SPEC math 9.1 and 9.2"""
from .numbers import mpf
STAGE, SOURCE = 'scores', 'SPEC math 9.1, 9.2'

def cases(rng):
    def loss(): return round(rng.gauss(-1, 1), 6)
    for i in range(60):
        js = [f'allo1i{k:02}' for k in range([1, 2, 3, 8, 32][i % 5])]
        ks = [f'allo1f{k:02}' for k in range([0, 1, 2, 3, 6, 4][i % 6])]
        row = lambda names: [{'worker': w, 'loss': loss()} for w in names]
        several = ks if len(ks) > 1 else []
        inp = {'combined': loss(), 'naive': loss(), 'inferers': row(js), 'forecasters': row(ks),
               'oneOutInferers': row(js) if len(js) > 1 else [], 'oneOutForecasters': row(several),
               'oneInForecasters': row(several), 'oneOutInfererForecasters': []}
        yield inp, expected(inp)

def expected(inp):
    combined, naive = mpf(inp['combined']), mpf(inp['naive'])
    j = [mpf(x['loss']) - combined for x in inp['oneOutInferers']]
    n = len(inp['oneOutForecasters'])
    f = mpf(2) ** (1 - n)
    k = [(1 - f) * (mpf(o['loss']) - combined) + f * (naive - mpf(a['loss']))
         for o, a in zip(inp['oneOutForecasters'], inp['oneInForecasters'])]
    return {'inferers': j or [mpf(0)], 'forecasters': [mpf(0)] if len(inp['forecasters']) == 1 else k}
