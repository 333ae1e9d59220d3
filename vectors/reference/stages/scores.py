"""SPEC math 9.1 and 9.2: what a worker's presence is worth."""
from .numbers import mpf

STAGE, SOURCE = 'scores', 'SPEC math 9.1, 9.2'


def inferer_scores(losses):
    if len(losses['inferers']) == 1:
        return [mpf(0)]
    return [mpf(out['loss']) - mpf(losses['combined']) for out in losses['oneOutInferers']]


def forecaster_scores(losses):
    """One-out and one-in lists are paired by their place."""
    if len(losses['forecasters']) == 1:
        return [mpf(0)]
    share = mpf(1) / 2 ** (len(losses['oneOutForecasters']) - 1) if losses['oneOutForecasters'] else mpf(0)
    pairs = zip(losses['oneOutForecasters'], losses['oneInForecasters'])
    return [(1 - share) * (mpf(out['loss']) - mpf(losses['combined'])) + share * (mpf(losses['naive']) - mpf(one['loss']))
            for out, one in pairs]


def cases(rng):
    for index in range(60):
        tied = index % 7 == 3

        def loss(big=index % 11 == 10):
            return -2.5 if tied else round(rng.gauss(0, 1e6 if big else 1), 6)

        def lost(names):
            return [{'worker': name, 'loss': loss()} for name in names]
        inferers = [f'I{i:02}' for i in range([1, 2, 3, 5, 8, 32][index % 6])]
        forecasters = [f'K{i}' for i in range([0, 1, 2, 3, 6][index % 5])]
        several = forecasters if len(forecasters) > 1 else []
        losses = {'combined': loss(), 'naive': loss(), 'inferers': lost(inferers), 'forecasters': lost(forecasters),
                  'oneOutInferers': lost(inferers if len(inferers) > 1 else []), 'oneOutForecasters': lost(several),
                  'oneInForecasters': lost(several), 'oneOutInfererForecasters': []}
        yield losses, {'inferers': inferer_scores(losses), 'forecasters': forecaster_scores(losses)}
