"""Gradient boosting by hand: trees fitted to residuals. What depth adds, why the test error decides when
to stop, what trees cannot do outside their data, and what a histogram saves in candidate splits."""

import numpy as np

QUANTILES = np.linspace(0.05, 0.95, 19)
RATE = 0.3  # share of each tree that is added


def best_split(x, residual, cuts):
    """The cut with the smallest squared error after replacing each side by its mean."""
    best, total, count = None, residual.sum(), len(x)
    for column, values in enumerate(cuts):
        left = x[:, column] < values[:, None]  # one row per candidate cut
        n = left.sum(1)
        sums = left @ residual
        with np.errstate(divide="ignore", invalid="ignore"):
            gain = sums**2 / n + (total - sums) ** 2 / (count - n)  # largest gain = smallest error
        gain[(n == 0) | (n == count)] = -1
        i = int(gain.argmax())
        if best is None or gain[i] > best[0]:
            best = gain[i], column, values[i]
    return best[1:]


def grow(x, residual, cuts, depth):
    if depth == 0 or len(x) <= 20:
        return residual.mean()  # a leaf
    column, cut = best_split(x, residual, cuts)
    left = x[:, column] < cut
    if left.all() or not left.any():
        return residual.mean()
    branches = (grow(x[side], residual[side], cuts, depth - 1) for side in (left, ~left))
    return column, cut, *branches


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
        fitted, cuts = np.full(len(y), self.start), np.quantile(x, QUANTILES, axis=0).T
        for _ in range(rounds):
            self.trees.append(grow(x, y - fitted, cuts, self.depth))  # the residual is the negative gradient
            fitted += RATE * predict(self.trees[-1], x)
        return self

    def __call__(self, x, rounds=None):
        return self.start + RATE * sum((predict(tree, x) for tree in self.trees[:rounds]), np.zeros(len(x)))


def mse(y, prediction):
    return ((y - prediction) ** 2).mean()


rng = np.random.default_rng(1284)  # another draw, seed 0, gives 0.662, 0.066, 0.007 below
wave = lambda x: np.sin(6 * x[:, 0]) + x[:, 1] ** 2  # two columns that add up, the third is noise
chess = lambda x: np.sign((x[:, 0] - 0.5) * (x[:, 1] - 0.5))  # only the pair of columns tells anything
train, test = rng.random((400, 3)), rng.random((2000, 3))

y = wave(train)
stumps = Boosted(depth=1).fit(train, y, 80)
print("wave, trees of one split: rounds, training error")
for rounds in (0, 10, 80):
    print(f"  {rounds:>2} {mse(y, stumps(train, rounds)):.3f}")
add_one = lambda x: np.column_stack([np.ones(len(x)), x])
weights = np.linalg.lstsq(add_one(train), y, rcond=None)[0]
print(f"test error: {mse(wave(test), stumps(test)):.3f} boosted, {mse(wave(test), add_one(test) @ weights):.3f} linear")

print("chessboard, test error after 80 rounds (variance 1)")
for depth in (1, 2, 3):
    print(f"  depth {depth}: {mse(chess(test), Boosted(depth).fit(train, chess(train), 80)(test)):.3f}")

noisy = y + rng.normal(scale=0.5, size=len(y))
deep = Boosted(depth=4).fit(train, noisy, 60)
errors = [mse(wave(test), deep(test, rounds)) for rounds in range(61)]
print("noisy wave, depth 4: rounds, training error, error against the true curve")
for rounds in (0, int(np.argmin(errors)), 60):
    print(f"  {rounds:>2} {mse(noisy, deep(train, rounds)):.3f} {errors[rounds]:.3f}")

outside = np.column_stack([np.full(3, 0.5), [1.0, 2.0, 3.0], np.full(3, 0.5)])
print("outside the data, second column at 1, 2, 3")
print("  truth  ", *(f"{v:6.2f}" for v in wave(outside)))
print("  boosted", *(f"{v:6.2f}" for v in stumps(outside)))

ROWS, COLUMNS, BINS = 1_000_000, 50, 255
print(f"candidate cuts per node: {(ROWS - 1) * COLUMNS:,} exact, {BINS * COLUMNS:,} with {BINS} bins")
print(f"table: {ROWS * COLUMNS * 8 / 1e6:.0f} MB as float64, {ROWS * COLUMNS / 1e6:.0f} MB as one-byte bins")
