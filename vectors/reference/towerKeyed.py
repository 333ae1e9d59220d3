"""The layers of ADR-023 in numpy, for towerPanels.py: written from the ADR, on the blocks of `panel.run`."""
import math

import agg
import numpy as np

WIDTH = 15.0


class MlPolyRows(agg.MLPoly):
    def update(self, X, A, y, s, W, pred):
        g = self.loss.der(pred, y, s)
        r = A * g[:, None] * (pred[:, None] - X)
        largest = max(self.B, (r * r).max())
        self.R = self.R + r.sum(0)
        self.ie = self.ie + (r * r).sum(0) + largest - self.B
        self.B = largest


class BoaRows(agg.BOA):
    def update(self, X, A, y, s, W, pred):
        g = self.loss.der(pred, y, s)
        r = A * g[:, None] * (pred[:, None] - X)
        self.V = self.V + 2.2 * (r * r).sum(0)
        root = np.sqrt(np.where(self.V > 0, self.V, 1))
        self.S = self.S + np.where(self.V > 0, r.sum(0) - (r * r).sum(0) / root, 0)

    def weights(self):
        ok = self.V > 0
        if not ok.any():
            return np.ones(self.N)
        eta = 1 / np.sqrt(np.where(ok, self.V, 1))
        a = np.where(ok, np.log(eta) + eta * self.S, -np.inf)
        w = np.exp(a - a.max())
        return np.where(ok, w / w.sum() * ok.sum(), 1.0)


class SmallShare(agg.FixedShare):
    alphas = [1e-3, 1e-2, 1e-1]

    def init(self):
        self.K, self.na = 12, 3
        self.lw = np.zeros((3, 12, self.N))
        self.cum = np.zeros((3, 12))
        self.best = (0, 6)
        self.size, self.lessons = 0.0, 0

    def update(self, X, A, y, s, W, pred):
        w = self._W()
        num = np.einsum("akj,ij->aki", w, A * X)
        P = num / np.maximum(np.einsum("akj,ij->aki", w, A), 1e-300)
        self.cum = 0.99 * self.cum + self.loss.val(P, y, s).mean(2)
        g = self.loss.der(P, y, s)
        r = (np.einsum("aki,ij->akj", g * P, A) - np.einsum("aki,ij->akj", g, A * X)) / len(y)
        own = np.abs(self.regret(X, A, y, s, pred))
        self.size += own[A.any(0)].mean()
        self.lessons += 1
        if self.size > 0:
            rates = self.lessons / self.size * 2.0 ** np.arange(-5, 7)
            self.lw = np.log(np.maximum(w, 1e-300)) + rates[None, :, None] * r
            w = self._W()
            a = np.array(self.alphas)[:, None, None]
            self.lw = np.log(np.maximum((1 - a) * w + a / self.N, 1e-300))
        i = int(self.cum.argmin())
        self.best = (i // 12, i % 12)


def square_law(m, floor):
    w = 1 / (m + floor) ** 2
    return w / np.nanmax(w)


class Recent(agg.Agg):
    def init(self):
        self.L, self.n = np.zeros(self.N), np.zeros(self.N)

    def predict(self, X, A):
        ok = self.n > 0
        w = np.ones(self.N)
        if ok.any():
            m = np.where(ok, self.L / np.where(ok, self.n, 1), np.nan)
            w = square_law(m, 0.02 * np.nanmean(m) + 1e-300)
            w = np.where(ok, w, np.nanmedian(w))
        W = agg.norm_rows(w, A)
        return (W * X).sum(1), W

    def update(self, X, A, y, s, W, pred):
        n = A.sum(0)
        mean = (A * self.loss.val(X, y[:, None], s[:, None])).sum(0) / np.maximum(n, 1)
        self.L = np.where(n > 0, 0.9 * self.L + mean, self.L)
        self.n = np.where(n > 0, 0.9 * self.n + 1, self.n)


class ByKey(agg.Agg):
    def init(self):
        self.g, self.gn, self.own = np.zeros(self.N), np.zeros(self.N), {}

    def predict(self, X, A):
        ok = self.gn > 0
        W = np.ones_like(X)
        if ok.any():
            g = np.where(ok, self.g / np.where(ok, self.gn, 1), np.nan)
            g = np.where(ok, g, np.nanmean(g))
            for i, key in enumerate(self.keys):
                L, n = self.own.get(key, (0.0, 0.0))
                m = (L + 10 * g) / (n + 10)
                W[i] = square_law(m, 0.02 * m.mean() + 1e-300)
        W = A * W / (A * W).sum(1, keepdims=True)
        return (W * X).sum(1), W

    def update(self, X, A, y, s, W, pred):
        losses = A * self.loss.val(X, y[:, None], s[:, None])
        n = A.sum(0)
        self.g = np.where(n > 0, 0.98 * self.g + losses.sum(0) / np.maximum(n, 1), self.g)
        self.gn = np.where(n > 0, 0.98 * self.gn + 1, self.gn)
        for i, key in enumerate(self.keys):
            if key not in self.own and len(self.own) == 24:
                continue
            L, c = self.own.get(key, (np.zeros(self.N), np.zeros(self.N)))
            self.own[key] = (np.where(A[i] > 0, 0.98 * L + losses[i], L), np.where(A[i] > 0, 0.98 * c + 1, c))


class Correction(agg.Agg):
    keeps = np.array([0.0, 0.7, 0.95])

    def init(self):
        self.chosen = list(range(min(16, self.N)))
        self.size = len(self.chosen) + 4
        self.grid = [(penalty, f) for penalty in (0.3, 3.0, 30.0, 300.0) for f in (1.0, 0.99)]
        self.S = {f: (np.zeros((self.size, self.size)), np.zeros(self.size)) for f in (1.0, 0.99)}
        self.B = np.zeros((9, self.size))
        self.cum, self.best = np.zeros(9), 8
        self.power, self.unit, self.errors = None, 0.0, {}

    def inputs(self, X, A, past):
        m = (X * A).sum(1) / np.maximum(A.sum(1), 1)
        return np.hstack([np.where(A > 0, X - m[:, None], 0)[:, self.chosen], past]), m

    def predict(self, X, A):
        past = np.array([[*self.errors.get(key, np.zeros(3)), self.unit] for key in self.keys])
        F, m = self.inputs(X, A, past)
        low = np.where(A > 0, X, np.inf).min(1)
        high = np.where(A > 0, X, -np.inf).max(1)
        return np.clip(m + F @ self.B[self.best], low - 4 * (high - low), high + 4 * (high - low)), past

    def choose(self, weights):
        new = list(self.chosen)
        for _ in range(16):
            others = [j for j in range(self.N) if j not in new]
            if not others:
                return
            low = min(new, key=lambda j: (weights[j], j))
            high = min(others, key=lambda j: (-weights[j], j))
            if not weights[high] > 2 * weights[low]:
                break
            new = sorted([j for j in new if j != low] + [high])
        old, k = self.chosen, len(new)
        pick = np.array([old.index(j) if j in old else -1 for j in new] + list(range(k, k + 4)))
        gone = pick < 0
        self.chosen = new
        for f, (C, c) in self.S.items():
            C, c = C[np.ix_(pick, pick)], c[pick]
            C[gone, :], C[:, gone], c[gone] = 0, 0, 0
            self.S[f] = (C, c)
        self.B = self.B[:, pick]
        self.B[:, gone] = 0
        if self.power is not None:
            self.power = np.where(gone, 0, self.power[pick])

    def update(self, X, A, y, s, past, pred):
        F, m = self.inputs(X, A, past)
        P = m[:, None] + F @ self.B.T
        self.cum = 0.999 * self.cum + self.loss.val(P, y[:, None], s[:, None]).mean(0)
        Fs, d, n = F / s[:, None], (y - m) / s, len(y)
        for f, (C, c) in self.S.items():
            self.S[f] = (C * f + Fs.T @ Fs / n, c * f + Fs.T @ d / n)
        power = (Fs * Fs).mean(0)
        self.power = power if self.power is None else 0.99 * self.power + 0.01 * power
        size, k = self.power.copy(), len(self.chosen)
        size[:k] = size[:k].mean()
        size = size + 1e-12 * self.power.max()
        for i, (penalty, f) in enumerate(self.grid):
            C, c = self.S[f]
            self.B[i] = np.linalg.solve(C + penalty * math.sqrt(self.size) * np.diag(size), c)
        self.best = int(self.cum.argmin())
        for e, key in zip(y - m, self.keys):
            before = self.errors.get(key)
            self.errors[key] = (
                e * (1 - self.keeps / 2) if before is None else self.keeps * before + (1 - self.keeps) * e
            )
        rms = math.sqrt(((y - m) ** 2).mean())
        self.unit = rms if self.unit == 0 else 0.98 * self.unit + 0.02 * rms


class Trusted(agg.Agg):
    def predict(self, X, A):
        W = A * self.trust
        W = np.where(W.sum(1, keepdims=True) > 1e-12, W, A)
        return agg.wmedian(X, W), None


def without_majority(A, W):
    """Rows of weights where, among three or more, nobody has more than all others together."""
    W = W.copy()
    for i in range(len(W)):
        awake = np.flatnonzero(A[i] > 0)
        if len(awake) < 3:
            continue
        first = awake[int(W[i][awake].argmax())]
        W[i, first] = min(W[i, first], (W[i][awake].sum() - W[i, first]) * (1 - 1e-6))
    return W


def believed(X, A, m, b, tried):
    """The values held to m ± b; with a record who stands further away than 15 b sleeps."""
    if tried:
        A = np.where(np.abs(X - m[:, None]) <= WIDTH * b[:, None], A, 0.0)
    return np.where(A > 0, np.clip(X, (m - b)[:, None], (m + b)[:, None]), 0.0), A


class Keyed(agg.Agg):
    """The eight layers behind the guard; the keys of a block's rows come from `rows`, which the run sets."""

    name = "keyed"

    def init(self):
        rules = (agg.Median, Trusted, MlPolyRows, BoaRows, SmallShare, Recent, ByKey, Correction)
        self.layers = [rule(self.N, self.loss) for rule in rules]
        self.second = agg.BOA(len(self.layers), self.loss)
        self.guard = agg.Guard(self.N, self.loss)
        self.tried = False

    def aim(self, keys):
        for layer in self.layers:
            layer.keys = keys
            layer.trust = self.guard.trust()

    def bounds(self, X, A):
        W = without_majority(A, A * self.guard.trust())
        W = np.where(W.sum(1, keepdims=True) > 1e-12, W, A)
        m = agg.wmedian(X, W)
        spread = agg.wmedian(np.abs(X - m[:, None]), W) if self.N > 2 else np.zeros(len(X))
        b = WIDTH * np.maximum(spread, spread if self.guard.e is None else self.guard.e)
        return m, np.where(b > 0, b, np.abs(m) * 0.5 + 1e-9)

    def predict(self, X, A):
        self.aim(self.keys)
        m, b = self.bounds(X, A)
        C, A = believed(X, A, m, b, self.tried)
        said = [layer.predict(C, A) for layer in self.layers]
        P = np.column_stack([p for p, _ in said])
        inner, _ = self.second.predict(P, np.ones_like(P))
        out = inner
        if not self.tried:
            out = np.zeros(len(X))
            for i in range(len(X)):
                z = np.sort(C[i][A[i] > 0])
                cut = int(len(z) * 0.4)
                out[i] = z[cut : len(z) - cut].mean()
        return out, (m, b, P, inner, said[-1][1])

    def update(self, X, A, y, s, W, pred):
        m, b, P, inner, past = W
        first = not self.tried
        self.tried = True
        guard = self.guard
        error = np.median(np.abs(m - y))
        if error > 0:
            guard.e = error if guard.e is None else 0.95 * guard.e + 0.05 * min(error, 4 * guard.e + 1e-12)
        known = 0.0 if guard.e is None else guard.e
        z = np.minimum(np.abs(X - y[:, None]) / max(known, 1e-12), 8.0)
        n = A.sum(0)
        mean = (A * z).sum(0) / np.maximum(n, 1)
        guard.q = np.where(n > 0, np.where(np.isfinite(guard.q), 0.9 * guard.q + 0.1 * mean, mean), guard.q)
        if first:
            b = np.maximum(b, WIDTH * known)
        C, A = believed(X, A, m, b, not first)
        for k, layer in enumerate(self.layers):
            layer.keys = self.keys
            if isinstance(layer, Correction):
                layer.choose(next(one for one in self.layers if isinstance(one, BoaRows)).weights())
            layer.update(C, A, y, s, past if isinstance(layer, Correction) else None, P[:, k])
        self.second.update(P, np.ones_like(P), y, s, None, inner)
