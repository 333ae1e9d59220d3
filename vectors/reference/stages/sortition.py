"""SPEC math 10.2, 10.3, 10.5: who gets a place among the active, try after try, with the caps exceeded.

Chosen where addresses have to decide: of several with the least average the one with the highest address leaves.
"""
from .numbers import ema, mpf
from .score_ema import missed_epochs

STAGE, SOURCE = 'sortition', 'SPEC math 10.2, 10.3, 10.5'


def solve(i):
    """`records` holds (score, block) of everybody known. One outcome per try, and what is stored in the end."""
    alpha, initial, nonce = mpf(i['alpha']), mpf(i['initial']), i['nonce']
    records = {who: (mpf(r['score']), r['block']) for who, r in i['records'].items()}
    active, outcomes = [], []

    def passive(who):
        records[who] = (ema(alpha, i['quantile'], records[who][0]), nonce)

    def attempt(who):
        known = records.get(who)
        if who in active or (known is not None and known[1] >= nonce):
            return 'refused'
        if known is None:
            score = initial
        else:
            missed = missed_epochs({**i, 'lastBlock': known[1]})
            score = initial + (known[0] - initial) * (1 - alpha) ** missed
        records[who] = (score, nonce)
        if len(active) < i['places']:
            active.append(who)
            return 'admitted'
        least = min(records[member][0] for member in active)
        if score > least:
            leaver = max(member for member in active if records[member][0] == least)
            passive(leaver)
            active.remove(leaver)
            active.append(who)
            return 'admitted'
        if known is not None:
            passive(who)
        return 'left outside'
    for who in i['tries']:
        outcomes.append(attempt(who))
    return {'outcomes': outcomes, 'active': sorted(active), 'scores': {who: records[who][0] for who in sorted(records)}}


def cases(rng):
    for index in range(60):
        places = [1, 2, 3, 6, 32][index % 5]
        names = [f'A{n:02}' for n in range(places + [0, 1, 3, 10][index % 4])]
        tries = rng.sample(names, len(names))
        tries += rng.sample(names, min(2, len(names))) if index % 3 != 1 else []
        tied = index % 7 == 5
        # At most some 15 epochs missed: the rest of an old score is not lost among the digits of a double.
        length, lag = rng.choice([10, 50]), rng.choice([0, 0, 120])
        records = {who: {'score': 0.5 if tied else round(rng.gauss(0, 1), 4), 'block': rng.randrange(999 - 15 * length - lag, 999)}
                   for who in names if rng.random() < [0.9, 0.5, 0][index % 3]}
        i = {'nonce': 1000, 'epochLength': length, 'epochLastEnded': rng.randrange(900, 1000),
             'lag': lag, 'alpha': rng.choice([0.1, 0.5]), 'initial': rng.choice([0, -0.25, 0.4]),
             'quantile': round(rng.gauss(0, 0.5), 4), 'places': places, 'records': records, 'tries': tries}
        yield i, solve(i)
