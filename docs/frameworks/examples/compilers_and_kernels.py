"""A compiler in miniature: trace Python into a graph, fuse it into one loop, run it block by block,
then count what tiling saves in a matrix product and which tile a simple cost model would choose."""

import numpy as np

BANDWIDTH = 3.35  # TB/s, fact:h100-sxm.memory_bandwidth
PEAK = 989.4  # TFLOPS dense, fact:h100-sxm.peak_dense.bf16
passes = {"read": 0, "write": 0}  # whole tensors moved


class Traced:
    """A placeholder: operations on it are recorded instead of computed."""

    def __init__(self, graph, name):
        self.graph, self.name = graph, name

    def record(self, op, *args):
        self.graph.append((f"t{len(self.graph)}", op, self.name, *args))
        return Traced(self.graph, self.graph[-1][0])

    def __mul__(self, other):
        return self.record("multiply", other)

    def __add__(self, other):
        return self.record("add", other)

    def __array_ufunc__(self, ufunc, method, *inputs):
        return self.record(ufunc.__name__)  # so np.tanh(x) is seen as well


def function(x):
    """Four element-wise steps."""
    return np.tanh(x * 2.0 + 1.0) * 0.5


def run_op(op, x, args):
    return getattr(np, op)(x, *args)


def eager(graph, x):
    """One kernel per operation: each reads and writes a whole tensor."""
    for _, op, _, *args in graph:
        x = run_op(op, x, args)
        passes["read"] += 1
        passes["write"] += 1
    return x


def fused(graph, x, block=1024):
    """One kernel: every block passes through all operations before it goes back."""
    out = np.empty_like(x)
    for start in range(0, x.size, block):
        part = x[start : start + block]
        for _, op, _, *args in graph:
            part = run_op(op, part, args)
        out[start : start + block] = part
    passes["read"] += 1
    passes["write"] += 1
    return out


def tiled_product(a, b, tile):
    """Matrix product by tiles; returns the product and the elements loaded from slow memory."""
    n, loads = len(a), 0
    c = np.zeros((n, n))
    for i in range(0, n, tile):
        for j in range(0, n, tile):
            for k in range(0, n, tile):
                left, right = a[i : i + tile, k : k + tile], b[k : k + tile, j : j + tile]
                loads += left.size + right.size
                c[i : i + tile, j : j + tile] += left @ right
    return c, loads


rng = np.random.default_rng(0)
graph = []
function(Traced(graph, "x"))
print("graph captured from Python")
for target, op, source, *args in graph:
    print(f"  {target} = {op}({', '.join([source, *map(str, args)])})")

x = rng.normal(size=100_000)
totals = []
for run in (eager, fused):
    passes.update(read=0, write=0)
    assert np.allclose(run(graph, x), function(x))
    totals.append(passes["read"] + passes["write"])
gigabytes = 2**29 * 2 / 1e9  # 536,870,912 values of 2 bytes
print(f"passes over memory: {totals[0]} one by one, {totals[1]} fused")
for name, count in zip(("one by one", "fused"), totals):
    print(f"  {count * gigabytes:.2f} GB, {count * gigabytes / BANDWIDTH:.2f} ms at best, {name}")

a, b = rng.random((96, 96)), rng.random((96, 96))
print("\nelements loaded for a 96 x 96 product")
for tile in (1, 8, 32):
    c, loads = tiled_product(a, b, tile)
    assert np.allclose(c, a @ b)
    print(f"  tile {tile:>2}: {loads:>9,}, {2 * 96**3 // loads:>2} times fewer")

print(f"\ntile from device memory in bf16, ridge at {PEAK / BANDWIDTH:.0f} FLOP/byte")
SHARED, REGISTERS = 228 * 1024, 256 * 1024  # bytes per SM of an H100
STAGES, DEPTH = 3, 64  # input buffers in flight, depth of each
for rows, columns in ((64, 64), (128, 128), (128, 256), (256, 256)):
    intensity = rows * columns / (rows + columns)  # 2rck FLOP for 2(r + c)k bytes
    bound = min(intensity * BANDWIDTH, PEAK)
    buffers, sums = STAGES * (rows + columns) * DEPTH * 2, rows * columns * 4  # bf16 in, fp32 sums
    verdict = "fits" if buffers <= SHARED and sums < REGISTERS else "no registers left"
    print(
        f"  {rows:>3} x {columns:<3} {intensity:>5.1f} FLOP/byte, {bound:>3.0f} TFLOPS at best, "
        f"{buffers >> 10:>3} + {sums >> 10:>3} KiB {verdict}"
    )

SMS, TILE = 132, 128  # streaming multiprocessors of an H100, one tile each at a time
print(f"\n{SMS} tiles of {TILE} x {TILE} at once, each value read from device memory once and shared through L2")
for down, across in ((1, 132), (2, 66), (11, 12)):
    rows, columns = down * TILE, across * TILE
    intensity = rows * columns / (rows + columns)
    print(
        f"  {down:>2} x {across:<3} tiles {intensity:>5.0f} FLOP/byte, "
        f"{min(intensity * BANDWIDTH, PEAK):>3.0f} TFLOPS at best"
    )
