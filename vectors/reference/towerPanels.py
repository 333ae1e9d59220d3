#!/usr/bin/env python3
"""Vectors of the tower from the programs and panels of a folder `eval`: python3 towerPanels.py EVAL

EVAL holds agg.py, classify.py, evaluate.py, panel.py and robust.py, and has the panels in ../data. Written to ../tower: one file a
panel, the first epochs of a part of its members and of an epoch's rows. Needs numpy; the JSON files are all that the tests need.
"""
import json
import os
import sys

import numpy as np

EVAL = sys.argv[1]
sys.path.insert(0, EVAL)
import agg  # noqa: E402
import classify  # noqa: E402
import evaluate  # noqa: E402
import panel  # noqa: E402
import robust  # noqa: E402
from towerKeyed import Keyed  # noqa: E402
from towerLabels import KeyedLabels  # noqa: E402

OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "tower")
# name: epochs, rows of an epoch, members
PANELS = {
    "opera-electric": (112, None, None),
    "opera-regional": (120, None, 12),
    "epf-np(abs)": (100, 4, None),
    "epf-pjm": (60, 5, None),
    "srft": (52, 8, None),
    "rain": (140, None, None),
    "flu-2023-24": (31, 9, 14),
    "flu-2024-25": (28, 9, 16),
    "sp500-range": (130, None, None),
    "btc17-return": (120, None, None),
    "aave-liq": (130, None, None),
}
# More than 16 members: the ridge runs over 16 of them, see BoundedRidge.
LARGE = {"opera-regional": (90, None, None), "flu-2024-25": (28, 3, None)}
QUANTILES = ["0.025", "0.25", "0.5", "0.75", "0.975"]


def number(value):
    return None if not np.isfinite(value) else float(value)


def part(name, epochs, keys, members, **more):
    path, options, kind = evaluate.SETS[name]
    full = panel.load(path, **{**options, **more})
    place = np.arange(len(full.y)) - np.searchsorted(full.epoch, full.epoch)
    rows = (full.epoch < epochs) & (place < (keys or 1))
    full.X = full.X[:, :members]
    full.names = full.names[:members]
    full.ref = {}
    rows &= np.isfinite(full.X).any(1)
    return panel.subset(full, rows), kind


def run_keyed(p, loss, keys):
    """The prequential run of `panel.run` for a rule that is told the keys of its rows."""
    A = np.isfinite(p.X).astype(float)
    X = np.where(A > 0, p.X, 0.0)
    keys = np.array(keys)
    rule, out, waiting = Keyed(X.shape[1], loss), np.zeros(len(p.y)), {}
    for epoch in range(p.epoch.max() + 1):
        for rows, memory, said in waiting.pop(epoch, []):
            rule.keys = keys[rows]
            rule.update(X[rows], A[rows], p.y[rows], p.s[rows], memory, said)
        rows = np.nonzero(p.epoch == epoch)[0]
        rule.keys = keys[rows]
        out[rows], memory = rule.predict(X[rows], A[rows])
        for v in np.unique(p.avail[rows]):
            m = p.avail[rows] == v
            waiting.setdefault(int(v), []).append((rows[m], tuple(part[m] for part in memory), out[rows[m]]))
    return out


def rows_of(p, expected):
    names = list(expected)
    head = ["epoch", "available", "scale", "truth", "key", "members…", *names]
    rows = [
        [int(p.epoch[i]), int(p.avail[i]), float(p.s[i]), float(p.y[i]), p.key[i], [number(x) for x in p.X[i]]]
        + [float(expected[n][i]) for n in names]
        for i in range(len(p.y))
    ]
    return head, rows


def write(file, fields, rows):
    os.makedirs(OUT, exist_ok=True)
    with open(os.path.join(OUT, file + ".json"), "w") as f:
        head = json.dumps(fields, ensure_ascii=False)[:-1]
        f.write(head + ', "rows": [\n' + ",\n".join(json.dumps(r) for r in rows) + "\n]}\n")
    print(file, len(rows), "rows")


class BoundedRidge(agg.RidgeMean):
    """The ridge over the first 16 members; after each lesson the lightest of them by BOA's weights makes room for the
    heaviest other one where that weighs more than twice as much, and starts without moments."""

    MOST = 16

    def init(self):
        self.all = self.N
        self.N = min(self.N, self.MOST)
        super().init()
        self.chosen = list(range(self.N))

    def _z(self, X, A):
        Z, m = super()._z(X, A)
        return Z[:, self.chosen], m

    def choose(self, weights):
        others = [j for j in range(self.all) if j not in self.chosen]
        low = min(self.chosen, key=lambda j: (weights[j], j))
        high = min(others, key=lambda j: (-weights[j], j))
        if not weights[high] > 2 * weights[low]:
            return
        old = self.chosen
        self.chosen = sorted([j for j in old if j != low] + [high])
        pick = np.array([old.index(j) if j in old else -1 for j in self.chosen])
        fresh = pick < 0
        for f, (C, c) in self.S.items():
            C, c = C[np.ix_(pick, pick)], c[pick]
            C[fresh, :], C[:, fresh], c[fresh] = 0, 0, 0
            self.S[f] = (C, c)
        self.B = self.B[:, pick]
        self.B[:, fresh] = 0


class BoundedTower(agg.Tower):
    first = tuple(BoundedRidge if rule is agg.RidgeMean else rule for rule in agg.Tower.first)

    def update(self, X, A, y, s, W, pred):
        super().update(X, A, y, s, W, pred)
        boa = next(layer for layer in self.f if isinstance(layer, agg.BOA))
        eta = 1 / np.sqrt(np.where(boa.V > 0, boa.V, 1))
        a = np.where(boa.V > 0, np.log(eta) + eta * boa.S, -np.inf)
        w = np.exp(a - a.max())
        weights = np.where(boa.V > 0, w / w.sum() * (boa.V > 0).sum(), 1.0)
        next(layer for layer in self.f if isinstance(layer, BoundedRidge)).choose(weights)


class BoundedGuard(agg.Guard):
    inner = BoundedTower


def numbers(name, size, file, rules, absurd=0.0):
    p, kind = part(name, *size)
    if absurd > 0:
        p = robust.inject(p, absurd, "absurd")
    got = panel.run(p, agg.Loss(kind), rules)
    keyed = run_keyed(p, agg.Loss(kind), p.key)
    head, rows = rows_of(p, {"bare": got["tower"], "guarded": got["guarded tower"], "keyed": keyed})
    loss = {"square": "squared", "absolute": "absolute"}[kind]
    write(file, {"loss": loss, "levels": [], "labels": 0, "head": head}, rows)


class Levels(agg.Loss):
    """Pinball over rows that stand for the levels in turn."""

    levels = np.array([float(q) for q in QUANTILES])

    def taus(self, p, y):
        n = len(self.levels)
        if np.ndim(p) == 2 and y.ndim == 2:
            return np.tile(self.levels, p.shape[0] // n)[:, None]
        return np.tile(self.levels, p.shape[-1] // n)

    def val(self, p, y, s):
        self.tau, self.kind = self.taus(p, y), "pinball"
        return super().val(p, y, s)

    def der(self, p, y, s):
        self.tau, self.kind = self.taus(p, y), "pinball"
        return super().der(p, y, s)


def quantiles():
    path = os.path.join(os.path.dirname(evaluate.SETS["flu-2023-24"][0]), "quantiles_h1.csv.gz")
    evaluate.SETS["quantiles"] = (path, dict(transform="log1p"), "pinball")
    parts = [part("quantiles", 31, 4, 10, where={"quantile": q})[0] for q in QUANTILES]
    awake = np.all([np.isfinite(p.X) for p in parts], axis=0)
    ok = awake.any(1)
    p = panel.subset(parts[0], ok)
    n = len(QUANTILES)
    deep = panel.Panel()
    deep.names, deep.ref = p.names, {}
    deep.X = np.stack([np.where(awake, q.X, np.nan)[ok] for q in parts], 1).reshape(-1, len(p.names))
    deep.y, deep.s = np.repeat(p.y, n), np.ones(len(p.y) * n)
    deep.epoch, deep.avail = np.repeat(p.epoch, n), np.repeat(p.avail, n)
    got = panel.run(deep, Levels("pinball"), [agg.Tower, agg.Guard])
    got["keyed"] = run_keyed(deep, Levels("pinball"), [f"{key}#{i}" for key in p.key for i in range(n)])
    names = {"bare": "tower", "guarded": "guarded tower", "keyed": "keyed"}
    vectors = {k: np.sort(got[r].reshape(-1, n), 1) for k, r in names.items()}
    cells = deep.X.reshape(-1, n, len(p.names))
    rows = [
        [int(p.epoch[i]), int(p.avail[i]), 1.0, float(p.y[i]), p.key[i]]
        + [[None if np.isnan(v).any() else [float(x) for x in v] for v in cells[i].T]]
        + [[float(x) for x in vectors[k][i]] for k in vectors]
        for i in range(len(p.y))
    ]
    head = ["epoch", "available", "scale", "truth", "key", "members…", *vectors]
    write("flu-quantiles", {"loss": "pinball", "levels": [float(q) for q in QUANTILES], "labels": 0, "head": head}, rows)


def run_labels(rule, Q, A, y, e, av):
    out, waiting = np.zeros((len(y), Q.shape[2])), {}
    for t in range(e.max() + 1):
        for m in waiting.pop(t, []):
            rule.update(Q[m], A[m], y[m], out[m])
        m = np.nonzero(e == t)[0]
        out[m] = rule.predict(Q[m], A[m])
        for v in np.unique(av[m]):
            waiting.setdefault(int(v), []).append(m[av[m] == v])
    return out


def labels(file, P, y, e, av, event):
    n = P.shape[2]
    A = np.isfinite(P[:, :, 0]).astype(float)
    Q = np.where(A[:, :, None] > 0, P, 0.0)
    bare, keyed = (run_labels(rule(P.shape[1], n), Q, A, y, e, av) for rule in (classify.TowerL, KeyedLabels))
    said = lambda v: float(v[1]) if event else [float(x) for x in v]
    rows = [
        [int(e[i]), int(av[i]), 1.0, int(y[i]), "", [None if a == 0 else said(v) for v, a in zip(Q[i], A[i])]]
        + [said(bare[i]), said(keyed[i])]
        for i in range(len(y))
    ]
    loss = "log-loss" if event else "cross-entropy"
    head = ["epoch", "available", "scale", "truth", "key", "members…", "bare", "keyed"]
    write(file, {"loss": loss, "levels": [], "labels": 0 if event else n, "head": head}, rows)


def football():
    P, y, e, av, _ = classify.load_odds(os.path.join(EVAL, "..", "data", "football-odds-england"))
    m = e < 45
    labels("football", P[m], y[m], e[m], av[m], False)


def events():
    r = np.random.default_rng(5)
    n, N = 240, 7
    z = r.normal(size=n) * 1.5
    y = (r.random(n) < 1 / (1 + np.exp(-z))).astype(int)
    p = 1 / (1 + np.exp(-(z[:, None] * r.uniform(0.3, 1.6, N) + r.normal(size=(n, N)) * r.uniform(0.1, 1.5, N))))
    p = np.where(r.random((n, N)) < 0.15, np.nan, np.round(p, 6))
    p[np.isnan(p).all(1), 0] = 0.5
    p[5, 1], p[6, 2] = 0.0, 1.0
    e = np.arange(n) // 2
    labels("events", np.stack([1 - p, p], 2), y, e, e + 1 + (np.arange(n) % 3 == 0), True)


if __name__ == "__main__":
    for name, size in PANELS.items():
        numbers(name, size, name.replace("(abs)", ""), [agg.Tower, agg.Guard])
    for name, size in LARGE.items():
        numbers(name, size, name + "-large", [BoundedTower, BoundedGuard])
    numbers("opera-regional", (80, None, 10), "opera-regional-absurd", [agg.Tower, agg.Guard], absurd=0.3)
    quantiles()
    football()
    events()
