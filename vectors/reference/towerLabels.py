"""Our tower over probabilities: the layers of the reference program, a Bayes mixture that forgets, and a median."""
import numpy as np

import classify


class Recent(classify.Bayes):
    """What was before counts 0.95 at each lesson of a member."""

    def update(self, Q, A, y, p):
        i = np.arange(len(y))
        gains = (A * (np.log(np.clip(Q[i, :, y], classify.EPS, 1)) - np.log(p[i, y])[:, None])).sum(0)
        self.lw = np.where(A.sum(0) > 0, 0.95 * self.lw + gains, self.lw)
        self.lw = np.maximum(self.lw - self.lw.max(), -690)
        self.w = np.exp(self.lw)


class Median(classify.Rule):
    """For each label the median of the logarithms around each member's own mean."""

    def predict(self, Q, A):
        z = np.log(np.clip(Q, classify.EPS, 1))
        z = np.where(A[:, :, None] > 0, z - z.mean(2, keepdims=True), np.nan)
        m = np.nanmedian(z, axis=1)
        p = np.exp(m - m.max(1, keepdims=True))
        return classify.nrm(p / p.sum(1, keepdims=True))


class KeyedLabels(classify.TowerL):
    def init(self):
        super().init()
        self.f += [Recent(self.N, self.K), Median(self.N, self.K)]
        self.t = classify.Bayes(len(self.f), self.K)
