"""A tracker in SQLite: record runs, ask questions, rebuild one run, and doubt the best one.

Every run stores settings, seed, a hash of code and data, and its metrics. The last part
shows how much of "the best run" is luck, and how many seeds a comparison needs.
"""

import hashlib
import inspect
import json
import sqlite3
from statistics import NormalDist

import numpy as np

SCHEMA = """
CREATE TABLE run (id INTEGER PRIMARY KEY, settings TEXT, seed INTEGER, code TEXT, data TEXT, weights TEXT);
CREATE TABLE metric (run INTEGER REFERENCES run, name TEXT, step INTEGER, value REAL,
                     PRIMARY KEY (run, name, step));
"""


def digest(content):
    return hashlib.sha256(content).hexdigest()[:12]


def make_data(seed=0, n=400, d=20):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n, d))
    return x, (x @ rng.normal(size=d) + 3 * rng.normal(size=n) > 0).astype(float)


def train(settings, seed, data, log=lambda name, step, value: None):
    """Logistic regression by mini-batches; the seed sets start and order."""
    (x, y), rng = data, np.random.default_rng(seed)
    w = rng.normal(size=x.shape[1])
    for step in range(settings["steps"]):
        rows = rng.integers(0, 200, settings["batch"])  # the first 200 rows are for training
        p = 1 / (1 + np.exp(-x[rows] @ w))
        w -= settings["rate"] * x[rows].T @ (p - y[rows]) / len(rows)
        if (step + 1) % 100 == 0:
            log("accuracy", step + 1, float(((x[200:] @ w > 0) == y[200:]).mean()))
    return w


def tracked(db, settings, seed, data):
    code, content = inspect.getsource(train).encode(), b"".join(a.tobytes() for a in data)
    run = db.execute("INSERT INTO run (settings, seed, code, data) VALUES (?, ?, ?, ?)",
                     (json.dumps(settings, sort_keys=True), seed, digest(code), digest(content))).lastrowid
    insert = "INSERT INTO metric VALUES (?, ?, ?, ?)"
    w = train(settings, seed, data, lambda *row: db.execute(insert, (run, *row)))
    db.execute("UPDATE run SET weights = ? WHERE id = ?", (digest(w.tobytes()), run))


def changed(db, *runs):
    """Names of the recorded fields in which two runs differ."""
    row = "SELECT settings, seed, code, data FROM run WHERE id = ?"
    (x, *rest_x), (y, *rest_y) = (db.execute(row, (run,)).fetchone() for run in runs)
    x, y = json.loads(x), json.loads(y)
    names = [f"{key} {x.get(key)} -> {y.get(key)}" for key in x | y if x.get(key) != y.get(key)]
    return names + [name for name, p, q in zip(("seed", "code", "data"), rest_x, rest_y) if p != q]


db, data = sqlite3.connect(":memory:"), make_data()
db.executescript(SCHEMA)
for rate in (0.02, 0.1, 0.5):
    for seed in range(8):
        tracked(db, {"rate": rate, "batch": 16, "steps": 300}, seed, data)

final = "FROM run JOIN metric ON run = id WHERE step = 300"
print("runs:", db.execute("SELECT count(*) FROM run").fetchone()[0])
print("run 9 differs from run 1 in:", *changed(db, 1, 9))
values = {}
for rate, value in db.execute(f"SELECT json_extract(settings, '$.rate'), value {final}"):
    values.setdefault(rate, []).append(value)
print("rate, mean, deviation over seeds and best of 8 seeds:")
for rate, found in sorted(values.items()):
    print(f"  {rate:.2f}  {np.mean(found):.3f}  {np.std(found, ddof=1):.3f}  {max(found):.3f}")
first, second = np.array(values[0.5]), np.array(values[0.1])
gap, error = first.mean() - second.mean(), np.sqrt((first.var(ddof=1) + second.var(ddof=1)) / 8)
print(f"0.50 against 0.10: {gap:.4f} with a standard error of {error:.4f}, ratio {gap / error:.1f}")

settings, seed, weights = db.execute(f"SELECT settings, seed, weights {final} ORDER BY value DESC, id").fetchone()
assert digest(train(json.loads(settings), seed, data).tobytes()) == weights
assert digest(train(json.loads(settings), seed + 1, data).tobytes()) != weights
print("best run rebuilt from its record: same weights, bit for bit")

grid = np.linspace(-8, 8, 16001)
cdf = np.array([NormalDist().cdf(v) for v in grid])
for k in (8, 24, 100):
    above = 1 - cdf**k - cdf[::-1] ** k  # E[max] is the integral of P(max > v) - P(max < -v) over v > 0
    print(f"best of {k} equal runs: {above[8000:].sum() * (grid[1] - grid[0]):.2f} standard deviations above the mean")
z = NormalDist().inv_cdf(0.975) + NormalDist().inv_cdf(0.8)
for ratio in (2, 1.25, 1, 0.5):  # the last term pays for estimating the deviation from the same seeds
    seeds = 2 * (z / ratio) ** 2 + NormalDist().inv_cdf(0.975) ** 2 / 4
    print(f"seeds per setting to see a difference of {ratio} standard deviations: {int(np.ceil(seeds))}")

print(f"every step, 200 tensors, 4 statistics, 100,000 steps, 40 B a row: {100_000 * 200 * 4 * 40 / 1e9:.1f} GB a run")
print(f"a one-step spike among 100,000 survives a sample of 1,000 with probability {1000 / 100_000:.2f}")
