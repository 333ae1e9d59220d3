"""Writes ../mint/<stage>.json from SPEC lifecycle 0.4, 6.3 and 6.4; deterministic. Only the standard library is needed.

Amounts are in uallo. Rates and shares are decimals in the inputs, and whole numbers of 10^-18 where they are expected
by the stage emission. Everything is text and exact.
To regenerate: python3 -B reference/mint.py
"""
import json
import random
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, Decimal as D, getcontext
from pathlib import Path

getcontext().prec = 400
ULP = D('1e-18')
SHARES = ['ecosystem', 'foundation', 'participants', 'investors', 'preseed', 'team']
DEFAULTS = {'maxSupply': D(10) ** 27, 'fEmission': D('0.025'), 'smoothing': D('0.1'), 'maximumYield': D('0.0095'),
            'ecosystem': D('0.2145'), 'foundation': D('0.225'), 'participants': D('0.075'), 'investors': D('0.2605'),
            'preseed': D('0.05'), 'team': D('0.175')}


def half_even(x):
    return x.quantize(ULP, ROUND_HALF_EVEN)


def mul(a, b):
    return half_even(a * b)


def quo(a, b):
    return half_even((a / b).quantize(D('1e-36'), ROUND_DOWN))


def trunc(x):
    return x.to_integral_value(ROUND_DOWN)


def whole_quo(a, b):
    return trunc(a / b)


def vesting(p, blocks, per_month, unlocked):
    months = min(max(unlocked, whole_quo(blocks, per_month), D(0)), D(84))
    supply = p['maxSupply']

    def investor(share):
        full = trunc(share * supply)
        if months < 12:
            return full
        return D(0) if months >= 36 else whole_quo(full * (36 - months), D(36))

    foundation = trunc(mul(p['foundation'], D('0.442')) * supply)
    locked = {'investors': investor(p['investors']), 'preseed': investor(p['preseed']), 'team': investor(p['team']),
              'foundation': D(0) if months >= 24 else whole_quo(foundation * (24 - months), D(24))}
    return {'months': months, **locked, 'total': sum(locked.values())}


def emission(i):
    p, v, staked = i['params'], i['validatorsShare'], i['stakedTokens']
    locked = vesting(p, i['blocksSinceStart'], i['blocksPerMonth'], i['monthsUnlocked'])
    remaining = max(trunc(p['maxSupply'] * p['ecosystem']) - i['ecosystemTokensMinted'], D(0))
    eco = i['ecosystemBalance'] + remaining
    circulating = p['maxSupply'] - locked['total'] - eco
    if circulating < 0:
        return {'fault': 'NEGATIVE_CIRCULATING_SUPPLY'}
    stakers = v + mul(1 - v, i['reputersShare'])
    if staked == 0 or stakers == 0:
        return {'fault': 'ZERO_DENOMINATOR'}
    target = mul(mul(p['fEmission'], quo(eco, staked)), quo(circulating, p['maxSupply']))
    maximum = quo(p['maximumYield'], stakers)
    capped = min(target, maximum)
    previous = capped if i['blocksSinceStart'] < i['blocksPerMonth'] else i['previousEmissionPerUnitStaked']
    rate = mul(p['smoothing'], capped) + mul(1 - p['smoothing'], previous)
    month = trunc(rate * staked)
    block = whole_quo(month, i['blocksPerMonth'])
    cut = trunc(v * block)
    rates = {'targetRate': target, 'maximumRate': maximum, 'cappedRate': capped, 'previousRate': previous,
             'emissionPerUnitStaked': rate}
    return {'vestingTotal': locked['total'], 'months': locked['months'], 'ecosystemMintSupplyRemaining': remaining,
            'ecosystemLocked': eco, 'circulatingSupply': circulating, **{k: r.scaleb(18).quantize(D(1)) for k, r in rates.items()},
            'emissionPerMonth': month, 'blockEmission': block, 'validatorCut': cut, 'alloraRewardsCut': block - cut}


def random_params(rng, i):
    if i % 3 == 0:
        return dict(DEFAULTS)
    unit = rng.choice([10 ** 4, 10 ** 18])
    cuts = sorted(rng.randrange(unit + 1) for _ in SHARES[1:])
    parts = [b - a for a, b in zip([0] + cuts, cuts + [unit])]
    share = lambda: D(rng.randrange(unit + 1)) / unit
    return {'maxSupply': D(rng.randrange(1, 10 ** rng.choice([3, 12, 27, 30]))), 'fEmission': share(), 'smoothing': share(),
            'maximumYield': share() if unit == 10 ** 18 else share() / 100,
            **{name: D(part) / unit for name, part in zip(SHARES, parts)}}


def vesting_cases(rng):
    for month in [*range(0, 38), 83, 84, 96]:
        i = {'params': dict(DEFAULTS), 'blocksSinceStart': D(864000 * month + 1), 'blocksPerMonth': D(864000), 'monthsUnlocked': D(0)}
        yield f'month {month}', i
    for n in range(60):
        per_month = rng.choice([1, 7, 720, 864000])
        yield f'random {n + 1}', {'params': random_params(rng, n), 'blocksSinceStart': D(rng.randrange(per_month * 90)),
                                  'blocksPerMonth': D(per_month), 'monthsUnlocked': D(rng.choice([0, 0, 5, 12, 24, 36, 90]))}


def emission_cases(rng):
    for n in range(120):
        p = random_params(rng, n)
        supply = int(p['maxSupply'])
        per_month = rng.choice([1, 7, 720, 864000])
        eco_max = int(trunc(p['maxSupply'] * p['ecosystem']))
        i = {'params': p, 'ecosystemBalance': D(rng.choice([0, 20, rng.randrange(supply // 20 + 1)])),
             'ecosystemTokensMinted': D(rng.choice([0, eco_max, rng.randrange(eco_max + 1)])),
             'stakedTokens': D(rng.randrange(1, max(2, supply // rng.choice([2, 10, 1000])))),
             'blocksSinceStart': D(rng.randrange(per_month * rng.choice([1, 3, 40]))), 'blocksPerMonth': D(per_month),
             'monthsUnlocked': D(rng.choice([0, 0, 0, 13, 84])), 'validatorsShare': D(rng.choice(['0.25', '0', '1', '0.333333333333333333'])),
             'reputersShare': D(rng.choice(['0.3', '0.000000000000000001', '1', '0.123456789012345678'])),
             'previousEmissionPerUnitStaked': D(rng.choice(['0', '0.019', '0.012345678901234567']))}
        if n % 20 == 4: i['stakedTokens'] = D(0)
        if n % 20 == 8: i['validatorsShare'] = i['reputersShare'] = D(0)
        if n % 20 == 12: i['ecosystemBalance'] = p['maxSupply']
        yield f'emission {n + 1}', i


def decimal_cases(rng):
    values = ['0', '1', '0.000000000000000001', '0.5', '0.000000000000000003', '3', '0.333333333333333333', '123456789.987654321']
    pairs = [(a, b) for a in values for b in values]
    pairs += [(str(D(rng.randrange(10 ** 30)).scaleb(-18)), str(D(rng.randrange(1, 10 ** rng.choice([9, 18, 27]))).scaleb(-18))) for _ in range(60)]
    # Ties: x.5 of the last digit, odd and even.
    pairs += [(str(D(n) * ULP), '0.5') for n in range(1, 9)]
    for n, (a, b) in enumerate(pairs):
        yield f'pair {n + 1}', {'a': D(a), 'b': D(b)}


def decimal(i):
    a, b = i['a'], i['b']
    return {'product': mul(a, b), **({'quotient': quo(a, b)} if b != 0 else {})}


def plain(v):
    if isinstance(v, dict): return {k: plain(x) for k, x in v.items()}
    return f'{v:f}' if isinstance(v, D) else v


target = Path(__file__).parent.parent / 'mint'
stages = [('legacyDec', 'SPEC lifecycle 0.4', decimal_cases, decimal),
          ('vesting', 'SPEC lifecycle 6.3', vesting_cases,
           lambda i: vesting(i['params'], i['blocksSinceStart'], i['blocksPerMonth'], i['monthsUnlocked'])),
          ('emission', 'SPEC lifecycle 6.4', emission_cases, emission)]
for stage, source, cases, compute in stages:
    rng = random.Random('starling mint ' + stage)
    rows = [{'name': name, 'input': plain(i), 'expected': plain(compute(i))} for name, i in cases(rng)]
    text = json.dumps({'stage': stage, 'source': source, 'cases': rows}, indent=2, ensure_ascii=False)
    (target / f'{stage}.json').write_text(text + '\n')
