"""Why one array call replaces millions of Python steps: the same work counted in Python operations,
in bytes passed between calls, in cache lines fetched and in memory for a broadcast result."""

from collections import OrderedDict

import numpy as np

rng = np.random.default_rng(0)


class Number(float):
    """A float that counts how often the interpreter touches it."""

    count = 0

    def __mul__(self, other):
        Number.count += 1
        return Number(float(self) * other)

    def __add__(self, other):
        Number.count += 1
        return Number(float(self) + other)


class Row(list):
    def __getitem__(self, k):
        Number.count += 1
        return super().__getitem__(k)


def loop_product(a, bt, n):
    """c[i][j] = sum over k of a[i][k] * b[k][j]; bt is b transposed."""
    out = [[0.0] * n for _ in range(n)]
    for i in range(n):
        for j in range(n):
            total, x, y = Number(0.0), a[i], bt[j]
            for k in range(n):
                total = total + x[k] * y[k]
            out[i][j] = total
    return out


small = 24
A, B = rng.random((small, small)), rng.random((small, small))
C = loop_product([Row(map(Number, r)) for r in A], [Row(map(Number, r)) for r in B.T], small)
assert np.allclose(np.array(C, dtype=float), A @ B) and Number.count == 4 * small**3
n = 120
print(f"product of two {n} x {n} matrices: {2 * n**3:,} FLOP in both cases")
print(f"  Python loop  {4 * n**3:>9,} interpreted operations (formula checked at n = {small})")
print(
    f"  A @ B        {1:>9,} call, on {3 * n * n * 8:,} bytes of float64: {2 * n**3 / (3 * n * n * 8):.0f} FLOP/byte at best"
)

M = np.zeros((n, n))
print(f"\nstrides of M {M.strides}, of M.T {M.T.strides}; both share memory: {np.shares_memory(M, M.T)}")
print(f"  M[:, ::2] a view: {np.shares_memory(M, M[:, ::2])}; M[:, [0, 2]] a view: {np.shares_memory(M, M[:, [0, 2]])}")


def fetches(rows, columns, by_row, sets):
    """64-byte lines loaded to visit a row-major float64 array once; 512 lines in sets, oldest out."""
    cache, loaded = [OrderedDict() for _ in range(sets)], 0
    outer, inner = (rows, columns) if by_row else (columns, rows)
    for p in range(outer):
        for q in range(inner):
            line = ((p * columns + q) if by_row else (q * columns + p)) // 8
            home = cache[line % sets]  # a line can live in one set only
            if line in home:
                home.move_to_end(line)
            else:
                loaded += 1
                home[line] = None
                if len(home) > 512 // sets:
                    home.popitem(last=False)
    return loaded


print("\ncache lines fetched to visit every element once (model: 32 KiB of 64-byte lines, oldest out)")
print("                 along rows   down columns: a line fits anywhere   in one of 64 sets of 8")
for rows, columns in ((64, 128), (512, 128), (512, 136), (1024, 128)):
    along, anywhere, in_sets = (fetches(rows, columns, *how) for how in ((True, 64), (False, 1), (False, 64)))
    print(f"  {rows:>4} x {columns}  {along:>13,} {anywhere:>36,} {in_sets:>24,}")


class Counted(np.ndarray):
    """An array that adds up the bytes each ufunc reads and writes, and the calls."""

    moved = calls = 0

    def __array_ufunc__(self, ufunc, method, *inputs, **kwargs):
        plain = [np.asarray(i) for i in inputs]
        result = getattr(ufunc, method)(*plain, **kwargs)
        Counted.moved += result.nbytes + sum(p.nbytes for p in plain if p.ndim)
        Counted.calls += 1
        return result.view(Counted)


def blocked(x, size=4096):
    return np.concatenate(
        [np.asarray((2.0 * x[i : i + size] + 3.0) * x[i : i + size] + 4.0) for i in range(0, x.size, size)]
    )


x = rng.random(1_000_000)
print(f"\n2x² + 3x + 4 over {x.size:,} float64: bytes read and written by the array calls")
ways = {
    "2*x*x + 3*x + 4": lambda v: 2.0 * v * v + 3.0 * v + 4.0,
    "(2*x + 3)*x + 4": lambda v: (2.0 * v + 3.0) * v + 4.0,
    "same, 4,096 at a time": blocked,
}
for name, f in ways.items():
    Counted.moved = Counted.calls = 0
    f(x.view(Counted))
    print(f"  {name:<22} {Counted.calls:>4} calls  {Counted.moved / 1e6:>3.0f} MB")
print(f"  fused by a compiler       1 call   {2 * x.nbytes / 1e6:>3.0f} MB")

P = rng.random((50, 8))
squares = (P**2).sum(1)
assert np.allclose(((P[:, None] - P[None]) ** 2).sum(-1), squares[:, None] + squares - 2 * P @ P.T)
points, size = 10_000, 128
print(f"\nall distances between {points:,} points of {size} float64")
print(
    f"  broadcast difference {points**2 * size * 8 / 1e9:>5.1f} GB, through one matrix product {points**2 * 8 / 1e9:.1f} GB"
)

tenths = np.full(1_000_000, 0.1, np.float32)
print(f"\na million times 0.1 in float32: one running total {np.cumsum(tenths)[-1]:,.0f}, np.sum {tenths.sum():,.0f}")
print(f"uint8 200 + 100 = {(np.array([200], np.uint8) + np.array([100], np.uint8))[0]}")
for share in (0.90, 0.99, 0.999):
    print(
        f"{share:.1%} of the time in array calls, made free: whole program at best {1 / (1 - share):,.0f} times quicker"
    )
