"""Ring all-reduce on 8 simulated ranks, then its cost in the alpha-beta model.

Counts every element a rank sends, checks the six collectives against each other,
and compares ring, tree and two-level all-reduce on assumed latency and bandwidth.
"""

import math

import numpy as np

ALPHA = 5e-6  # s, assumed: fixed cost of one message
NETWORK = 50e9  # B/s, assumed: one 400 Gbit/s network card, one direction
SCALE_UP = 450  # GB/s, fact:h100-sxm.scale_up_bandwidth


def ring_all_reduce(arrays):
    """Sum arrays over a ring; return every rank's result and the elements each rank sent."""
    n, x = len(arrays), [a.copy() for a in arrays]
    shard, sent = len(x[0]) // n, [0] * n

    def part(index):
        start = index % n * shard
        return slice(start, start + shard)

    for step in range(n - 1):  # reduce-scatter: rank r passes on shard r - step, its neighbour adds
        messages = [(r, part(r - step), x[r][part(r - step)].copy()) for r in range(n)]
        for rank, where, values in messages:
            x[(rank + 1) % n][where] += values
            sent[rank] += values.size
    for step in range(n - 1):  # all-gather: finished shards go round, the neighbour copies
        messages = [(r, part(r + 1 - step), x[r][part(r + 1 - step)].copy()) for r in range(n)]
        for rank, where, values in messages:
            x[(rank + 1) % n][where] = values
            sent[rank] += values.size
    return x, sent


def ring(n, size, bandwidth=NETWORK):
    return 2 * (n - 1) * ALPHA + 2 * (n - 1) / n * size / bandwidth


def tree(n, size):
    return 2 * math.log2(n) * (ALPHA + size / NETWORK)


def two_level(hosts, per_host, size):
    """Reduce-scatter inside each host, all-reduce of the shards between hosts, all-gather inside."""
    return ring(per_host, size, SCALE_UP * 1e9) + ring(hosts, size / per_host)


def crossover(n):
    """The size at which ring(n, size) == tree(n, size)."""
    levels = math.log2(n)
    return ALPHA * NETWORK * (n - 1 - levels) / (levels - (n - 1) / n)


n, elements = 8, 80
data = [np.random.default_rng(r).integers(0, 9, elements) for r in range(n)]
result, sent = ring_all_reduce(data)
assert all((r == sum(data)).all() for r in result)
assert set(sent) == {140} and 140 == 2 * (n - 1) / n * elements
print(f"ring, {n} ranks, {elements} elements: each rank sent {sent[0]} = 2 * {n - 1}/{n} * {elements}")

x = np.stack(data)  # row r is what rank r holds
reduced = x.sum(axis=0)  # reduce: on the root; a broadcast of it completes an all-reduce
scattered = reduced.reshape(n, -1)  # reduce-scatter: row r stays on rank r
exchanged = x.reshape(n, n, -1).swapaxes(0, 1)  # all-to-all: a transpose across ranks
assert (scattered.ravel() == result[0]).all()  # all-gather of the shards completes the all-reduce
assert (exchanged.sum(axis=1) == scattered).all()  # all-to-all, then adding, is a reduce-scatter

for label, size, unit, scale in (("1 KB", 1e3, "us", 1e6), ("1 MB", 1e6, "us", 1e6), ("1 GB", 1e9, "ms", 1e3)):
    digits = 0 if unit == "us" else 1
    times = [f"{t * scale:.{digits}f} {unit}" for t in (ring(64, size), tree(64, size), two_level(8, 8, size))]
    print(f"64 ranks, {label}: ring {times[0]}, tree {times[1]}, 8 hosts of 8 {times[2]}")
for n in (8, 64, 512):
    print(f"{n} ranks: the tree wins below {crossover(n) / 1e6:.2f} MB")
algbw = 1e9 / ring(64, 1e9) / 1e9
print(f"ring, 64 ranks, 1 GB: algbw {algbw:.1f} GB/s, busbw {algbw * 2 * 63 / 64:.1f} GB/s")
