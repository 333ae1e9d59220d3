"""Statistics of SPEC math 12.5 in 50-digit arithmetic."""
from mpmath import mp, mpf, sqrt, floor
mp.dps = 50

def exact(values):
    return [mpf(v) for v in values]

def median(values):
    s = sorted(values)
    n = len(s)
    return mpf(0) if n == 0 else s[n // 2] if n % 2 else (s[n // 2 - 1] + s[n // 2]) / 2

def sample_sd(values):
    n = len(values)
    if n < 2:
        return mpf(0)
    mean = sum(values) / n
    return sqrt(sum((v - mean) ** 2 for v in values) / (n - 1))

def quantile(values, q):
    s = sorted(values)
    if not s:
        return mpf(0)
    pos = q * (len(s) - 1)
    lo = int(floor(pos))
    hi = min(lo + 1, len(s) - 1)
    return s[lo] + (pos - lo) * (s[hi] - s[lo])

def mad(values):
    """Unscaled, about the median."""
    m = median(values)
    return median([abs(v - m) for v in values])

def scale(values, epsilon):
    return mpf('1.4826') * mad(values) + epsilon

def ema(alpha, current, previous):
    """CalcEma; previous is None the first time."""
    current = mpf(current)
    return current if previous is None or previous == current else mpf(alpha) * current + (1 - mpf(alpha)) * mpf(previous)
