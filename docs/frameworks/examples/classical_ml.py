"""Gradient boosting by hand on ten random draws of the data: what depth adds, when to stop, what trees do
outside their data, and what a histogram saves. Each result is a median with the lowest and highest draw."""

import numpy as np

BINS, RATE = 20, 0.3  # histogram bins a column, share of each tree that is added
DRAWS = range(10)  # seeds 0 to 9; none is chosen for its result


def best_split(codes, residual):
    """The cut with the smallest squared error, from one histogram of residuals per column, as libraries do."""
    rows, columns = codes.shape
    flat = (codes + BINS * np.arange(columns)).ravel()  # column 0 fills bins 0 to 19, column 1 the next 20
    size = (columns, BINS)
    n = np.bincount(flat, minlength=columns * BINS).reshape(size).cumsum(1)[:, :-1]  # rows left of each cut
    sums = np.bincount(flat, np.repeat(residual, columns), columns * BINS).reshape(size).cumsum(1)[:, :-1]
    with np.errstate(divide="ignore", invalid="ignore"):
        gain = sums**2 / n + (residual.sum() - sums) ** 2 / (rows - n)  # largest gain = smallest error
    gain[(n == 0) | (n == rows)] = -1
    column, place = np.unravel_index(gain.argmax(), gain.shape)
    return gain[column, place], column, place


def grow(codes, residual, cuts, depth):
    if depth == 0 or len(codes) <= 20:
        return residual.mean()  # a leaf
    gain, column, place = best_split(codes, residual)
    if gain < 0:  # no cut has rows on both sides
        return residual.mean()
    left = codes[:, column] <= place
    branches = (grow(codes[side], residual[side], cuts, depth - 1) for side in (left, ~left))
    return column, cuts[column, place], *branches


def predict(tree, x):
    if not isinstance(tree, tuple):
        return np.full(len(x), tree)
    column, cut, left, right = tree
    return np.where(x[:, column] < cut, predict(left, x), predict(right, x))


class Boosted:
    def __init__(self, depth):
        self.depth, self.start, self.trees = depth, 0.0, []

    def fit(self, x, y, rounds):
        self.start = y.mean()
        fitted, cuts = np.full(len(y), self.start), np.quantile(x, np.arange(1, BINS) / BINS, axis=0).T
        codes = np.stack([np.searchsorted(c, column, side="right") for c, column in zip(cuts, x.T)], axis=1)
        for _ in range(rounds):  # the residual is the negative gradient
            self.trees.append(grow(codes, y - fitted, cuts, self.depth))
            fitted += RATE * predict(self.trees[-1], x)
        return self

    def stages(self, x):
        """The prediction after 0, 1, 2, ... trees."""
        steps = [np.full(len(x), self.start)] + [RATE * predict(tree, x) for tree in self.trees]
        return np.cumsum(steps, axis=0)


def wave(x):  # two columns that add up; the third is noise
    return np.sin(6 * x[:, 0]) + x[:, 1] ** 2


def chess(x):  # only the pair of columns tells anything
    return np.sign((x[:, 0] - 0.5) * (x[:, 1] - 0.5))


def mse(y, prediction):
    return ((y - prediction) ** 2).mean(-1)


def experiment(seed):
    """All results of one draw: 400 training rows, 2,000 test rows, three columns."""
    rng, out = np.random.default_rng(seed), {}
    train, test = rng.random((400, 3)), rng.random((2000, 3))
    y, truth = wave(train), wave(test)
    stumps = Boosted(depth=1).fit(train, y, 80)
    errors = mse(y, stumps.stages(train))
    for rounds in (0, 10, 80):
        out[f"wave, stumps: training error, {rounds} trees"] = errors[rounds]
    out["wave, stumps: test error, 80 trees"] = mse(truth, stumps.stages(test)[-1])
    linear = [np.column_stack([np.ones(len(x)), x]) for x in (train, test)]
    weights = np.linalg.lstsq(linear[0], y, rcond=None)[0]
    out["wave, linear model: test error"] = mse(truth, linear[1] @ weights)
    for depth in (1, 2, 3):
        out[f"chessboard, depth {depth}: test error, 80 trees"] = mse(
            chess(test), Boosted(depth).fit(train, chess(train), 80).stages(test)[-1]
        )
    noisy = y + rng.normal(scale=0.5, size=len(y))
    errors = mse(truth, Boosted(depth=4).fit(train, noisy, 60).stages(test))
    out["noisy wave, depth 4: best number of trees"] = errors.argmin()
    out["noisy wave, depth 4: test error there"] = errors.min()
    out["noisy wave, depth 4: test error, 60 trees"] = errors[60]
    outside = np.array([[0.5, 3.0, 0.5]])  # the second column never exceeds 1 in training
    out["outside the data, truth 9.14: stumps answer"] = stumps.stages(outside)[-1, 0]
    return out


results = [experiment(seed) for seed in DRAWS]
print(f"{f'{len(results)} draws':<48} {'median':>7} {'lowest':>7} {'highest':>8}")
for name in results[0]:
    values = [result[name] for result in results]
    digits = 0 if "number" in name else 3
    low, middle, high = min(values), np.median(values), max(values)
    print(f"{name:<48} {middle:>7.{digits}f} {low:>7.{digits}f} {high:>8.{digits}f}")

rows, columns, bins = 1_000_000, 50, 255
print(f"\ncandidate cuts per node: {(rows - 1) * columns:,} exact, {(bins - 1) * columns:,} with {bins} bins")
print(f"table: {rows * columns * 8 / 1e6:.0f} MB as float64, {rows * columns / 1e6:.0f} MB as one-byte bins")
