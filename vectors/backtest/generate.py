#!/usr/bin/env python3
"""Vectors for backtests: the order in which a panel is replayed, and the answers and losses of mean and median.

    python3 generate.py EVAL DATA

EVAL holds panel.py and agg.py, the independent engine and rules; DATA the panels. Small pieces of four panels are written
beside this file with what the engine makes of them: which rows it learns and which it predicts, in order.
"""
import csv, gzip, json, os, sys

import numpy as np

EVAL, DATA = sys.argv[1], sys.argv[2]
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, EVAL)
import agg
import panel

PIECES = {
    "opera-electric": ("opera-electric-load/experts.csv", "square", lambda row: int(row["epoch"]) < 20),
    "epf-np": ("epf-np/experts.csv.gz", "absolute", lambda row: int(row["epoch"]) < 3),
    "rain": ("rain-innsbruck/experts.csv.gz", "square", lambda row: int(row["epoch"]) < 40),
    "srft": (
        "weather-temperature-srft/experts.csv.gz",
        "square",
        lambda row: int(row["epoch"]) < 12 and row["key"] in ("46005", "46027", "KSEA", "46041"),
    ),
    "flu": (
        "flusight-2023-24/median.csv.gz",
        "absolute",
        lambda row: int(row["epoch"]) < 10 and row["horizon"] == "1" and row["key"] in ("06", "36", "48"),
    ),
}


class Recorder(agg.Mean):
    """A rule that writes down what it is asked and taught, rows named by their place."""

    def __init__(self, count, loss):
        super().__init__(count, loss)
        self.events = []

    def predict(self, values, awake):
        self.events.append(["answer", [int(row) for row in values[:, 0]]])
        return values[:, 0], values

    def update(self, values, awake, truth, scale, weights, answers):
        self.events.append(["learn", [int(row) for row in values[:, 0]]])


def read_piece(path, wanted):
    opened = gzip.open(path, "rt") if path.endswith(".gz") else open(path)
    with opened as file:
        reader = csv.DictReader(file)
        rows = [row for row in reader if wanted(row)]
        names = [name for name in reader.fieldnames if name != "horizon"]
    filled = [name for name in names if any(row[name] for row in rows)]
    return filled, [[row[name] for name in filled] for row in rows]


def order_of(loaded, loss):
    """The engine's order of events, with the places of rows in the place of values."""
    marked = panel.subset(loaded, np.ones(len(loaded.y), bool))
    marked.X = np.tile(np.arange(len(loaded.y), dtype=float)[:, None], (1, loaded.X.shape[1]))
    recorders = []

    def make(count, given):
        recorders.append(Recorder(count, given))
        return recorders[0]

    panel.run(marked, loss, [make])
    return recorders[0].events


def main():
    cases = []
    for name, (path, kind, wanted) in PIECES.items():
        header, rows = read_piece(os.path.join(DATA, path), wanted)
        text = "\n".join(",".join(row) for row in [header, *rows]) + "\n"
        scratch = os.path.join("/tmp", f"starling-piece-{os.getpid()}.csv")
        with open(scratch, "w") as file:
            file.write(text)
        loaded = panel.load(scratch)
        os.remove(scratch)
        assert len(loaded.y) == len(rows), "every row of a piece has a truth and an answer"
        loss = agg.Loss(kind)
        answers = panel.run(loaded, loss, [agg.Mean, agg.Median])
        losses = {rule: float(loss.val(values, loaded.y, loaded.s).mean()) for rule, values in answers.items()}
        cases.append(
            {
                "name": name,
                "loss": {"square": "squared", "absolute": "absolute"}[kind],
                "csv": text,
                "events": order_of(loaded, loss),
                "answers": {rule: [float(value) for value in values] for rule, values in answers.items()},
                "losses": losses,
            }
        )
    with open(os.path.join(HERE, "panels.json"), "w") as file:
        file.write(json.dumps({"source": "panel.py, agg.py", "cases": cases}, indent=1).replace("\n    ", " "))
        file.write("\n")


main()
