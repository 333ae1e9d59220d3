"""SPEC math 8.3"""
from .numbers import exact, quantile, sample_sd, mpf
from .samples import lists
STAGE, SOURCE = 'initialRegret', 'SPEC math 8.3'

def cases(rng):
    for r in lists(rng, 60):
        x = r[:rng.choice([0, 9, 10, 32])]
        big = exact(x)
        if len(x) >= 10:
            want = quantile(big, mpf('0.25')) + (mpf('0.75') - mpf('8.25') / 3) * (sample_sd(big) + mpf('0.01'))
        else:
            want = quantile(exact(r), mpf('0.25'))
        yield {'experienced': x, 'all': r}, want
