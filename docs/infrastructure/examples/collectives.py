"""Ring and halving-doubling all-reduce on 8 simulated ranks, then the alpha-beta model.

Counts what each rank sends and what crosses the middle of the machine, prices four
all-reduces on assumed latency and bandwidth, and holds the model against measurements.
"""

import math

import numpy as np

ALPHA = 5e-6  # s, assumed: fixed cost of one message
NETWORK = 50e9  # B/s, assumed: one 400 Gbit/s network card, one direction
SCALE_UP = 450  # GB/s, fact:h100-sxm.scale_up_bandwidth
CARDS = 8  # assumed: devices of a host, each with its own card


class Ranks:
    """One array per rank; messages of a step travel together and are counted."""

    def __init__(self, arrays):
        self.x = [a.copy() for a in arrays]
        self.n, self.sent, self.crossed = len(arrays), [0] * len(arrays), 0

    def step(self, messages, add):
        """Deliver (from, to, slice) for all ranks at once; crossed counts lower to upper half."""
        values = [self.x[source][where].copy() for source, _, where in messages]
        for (source, target, where), value in zip(messages, values):
            self.x[target][where] = self.x[target][where] + value if add else value
            self.sent[source] += value.size
            self.crossed += value.size if source < self.n // 2 <= target else 0


def ring_all_reduce(ranks):
    n, shard = ranks.n, len(ranks.x[0]) // ranks.n

    def part(index):
        return slice(index % n * shard, (index % n + 1) * shard)

    for step in range(n - 1):  # reduce-scatter: rank r passes on shard r - step, its neighbour adds
        ranks.step([(r, (r + 1) % n, part(r - step)) for r in range(n)], add=True)
    for step in range(n - 1):  # all-gather: finished shards go round, the neighbour copies
        ranks.step([(r, (r + 1) % n, part(r + 1 - step)) for r in range(n)], add=False)


def halving_doubling(ranks):
    n, keep = ranks.n, [(0, len(ranks.x[0]))] * ranks.n
    for bit in [n >> i for i in range(1, n.bit_length())]:  # partners n/2 apart, then n/4, ... 1
        halves = [((a, (a + b) // 2), ((a + b) // 2, b)) for a, b in keep]
        ranks.step([(r, r ^ bit, slice(*halves[r][not r & bit])) for r in range(n)], add=True)
        keep = [halves[r][bool(r & bit)] for r in range(n)]
    for bit in [1 << i for i in range(n.bit_length() - 1)]:  # the same way back, copying
        ranks.step([(r, r ^ bit, slice(*keep[r])) for r in range(n)], add=False)
        keep = [(min(keep[r][0], keep[r ^ bit][0]), max(keep[r][1], keep[r ^ bit][1])) for r in range(n)]


def ring(n, size, bandwidth=NETWORK):
    return 2 * (n - 1) * ALPHA + 2 * (n - 1) / n * size / bandwidth


def tree(n, size):
    return 2 * math.log2(n) * (ALPHA + size / NETWORK)


def halving(n, size):
    return 2 * math.log2(n) * ALPHA + 2 * (n - 1) / n * size / NETWORK


def two_level(hosts, per_host, size):
    """Reduce-scatter inside each host, all-reduce of the shards between hosts, all-gather inside."""
    return ring(per_host, size, SCALE_UP * 1e9) + ring(hosts, size / per_host)


def crossover(n):
    """The size at which ring(n, size) == tree(n, size)."""
    levels = math.log2(n)
    return ALPHA * NETWORK * (n - 1 - levels) / (levels - (n - 1) / n)


n, elements = 8, 80
data = [np.random.default_rng(r).integers(0, 9, elements) for r in range(n)]
for name, algorithm in (("ring", ring_all_reduce), ("halving-doubling", halving_doubling)):
    ranks = Ranks(data)
    algorithm(ranks)
    assert all((x == sum(data)).all() for x in ranks.x) and set(ranks.sent) == {2 * (n - 1) * elements // n}
    print(f"{name}, {n} ranks, {elements} elements: each rank sent {ranks.sent[0]} = 2 * {n - 1}/{n} * {elements}, "
          f"{ranks.crossed} crossed the middle one way")

for label, size, unit, scale in (("1 KB", 1e3, "us", 1e6), ("1 MB", 1e6, "us", 1e6), ("1 GB", 1e9, "ms", 1e3)):
    digits = 0 if unit == "us" else 1
    costs = (ring(64, size), tree(64, size), halving(64, size), two_level(8, 8, size))
    names = ("ring", "tree", "halving-doubling", "8 hosts of 8")
    print(f"64 ranks, {label}: " + ", ".join(f"{name} {t * scale:.{digits}f} {unit}" for name, t in zip(names, costs)))
for n in (8, 64, 512):
    print(f"{n} ranks: the tree beats the ring below {crossover(n) / 1e6:.2f} MB")

algbw = 1e9 / ring(64, 1e9) / 1e9
print(f"ring, 64 ranks, 1 GB: algbw {algbw:.1f} GB/s, busbw {algbw * 2 * 63 / 64:.1f} GB/s")

gradient = 2 * 8.03e9  # B, bf16, fact:llama-3-8b.parameters_bn
all_cards = min(CARDS * NETWORK, SCALE_UP * 1e9)  # one ring per card, all passing through every device
print(f"gradient of {gradient / 1e9:.2f} GB, 64 ranks: one card a host {ring(64, gradient):.2f} s, "
      f"8 hosts with {CARDS} cards each {ring(64, gradient, all_cards):.2f} s, two levels {two_level(8, 8, gradient):.2f} s")

# busbw in GB/s of 32 B200 in 4 hosts of 8 cards, published in stas00/ml-engineering (network/README.md)
for mebibytes, busbw in ((1, 5.37), (64, 156.74), (1024, 361.99), (16384, 381.80)):
    size = mebibytes * 2**20
    model, measured = ring(32, size, CARDS * NETWORK), 2 * 31 / 32 * size / (busbw * 1e9)
    print(f"32 ranks, {mebibytes} MiB: model {model * 1e3:.2f} ms, measured {measured * 1e3:.2f} ms, "
          f"busbw {busbw * 1e9 / (CARDS * NETWORK):.0%} of the cards")
