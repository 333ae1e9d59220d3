"""SPEC VT-4: the loss of every value of an epoch's record, raw and on the scale of regrets."""
from mpmath import log10
from .losses import loss_of
from .numbers import mpf

STAGE, SOURCE = 'networkLosses', 'SPEC VT-4 over math 3.1'
LISTS = ['inferers', 'forecasters', 'oneOutInferers', 'oneOutForecasters', 'oneInForecasters', 'oneOutInfererForecasters']


def of_every_value(network, lost):
    def one(entry):
        return {**{k: v for k, v in entry.items() if k != 'values'}, 'loss': lost(entry['values'])}
    return {'combined': lost(network['combined']), 'naive': lost(network['naive']),
            **{name: [one(e) for e in network[name]] for name in LISTS}}


def raw_losses(policy, network, truth):
    return of_every_value(network, lambda values: loss_of(policy, values, truth))
