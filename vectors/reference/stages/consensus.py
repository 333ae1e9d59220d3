"""SPEC math 7.2: network losses of a reported topic, the mean over the stake of those who reported each."""
from .numbers import mpf
from .reputers import key_of, reports

STAGE, SOURCE = 'reportedLosses', 'SPEC math 7.2'


def mean(pairs):
    stake = sum(s for _, s in pairs)
    return sum(v * s for v, s in pairs) / stake if stake > 0 else None


def column(made, block):
    told = {}
    for r in made:
        for e in r['losses'][block]:
            told.setdefault(key_of(e), []).append((mpf(e['loss']), mpf(r['stake'])))
    found = {key: mean(pairs) for key, pairs in told.items()}
    return {key: v for key, v in sorted(found.items()) if v is not None}


def solve(made):
    out = {name: mean([(mpf(r['losses'][name]), mpf(r['stake'])) for r in made]) for name in ('combined', 'naive')}
    inferers, forecasters = column(made, 'inferers'), column(made, 'forecasters')

    def listed(block, members):
        return [{'worker': key[0], 'loss': v} for key, v in column(made, block).items() if key in members]
    return {**out, 'inferers': listed('inferers', inferers), 'oneOutInferers': listed('oneOutInferers', inferers),
            'forecasters': listed('forecasters', forecasters),
            'oneOutForecasters': listed('oneOutForecasters', forecasters),
            'oneInForecasters': listed('oneInForecasters', forecasters),
            'oneOutInfererForecasters': [{'forecaster': k, 'withheldInferer': j, 'loss': v} for (k, j), v
                                         in column(made, 'oneOutInfererForecasters').items()
                                         if (k,) in forecasters and (j,) in inferers]}


def cases(rng):
    for index in range(60):
        made = reports(rng, index)
        # Nobody gives a plain value for somebody whose one-out value was reported.
        if index % 9 == 7:
            for r in made:
                r['losses']['inferers'] = r['losses']['inferers'][1:]
        if index % 13 == 6 and len(made) > 1:
            made[0]['stake'] = 0
        yield {'reports': made}, solve(made)
