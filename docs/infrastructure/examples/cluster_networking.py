"""Count the switches of a cluster network, then load its links.

Builds a small fat tree and checks the formulas on it, prices three layouts for the same
GPUs, and throws flows at random on equal links, as ordinary Ethernet hashing does.
"""

import numpy as np

PORT = 400  # Gb/s, fact:connectx-7.port_rate
PORTS = 64  # fact:quantum-2.ports
SCALE_UP = 450  # GB/s, fact:h100-sxm.scale_up_bandwidth
GPUS_PER_HOST = 8


def fat_tree(k):
    """Cables of a three-level fat tree of k-port switches, as pairs of names."""
    half, cables = k // 2, []
    for pod in range(k):
        for edge in range(half):
            cables += [(f"host {pod} {edge} {h}", f"edge {pod} {edge}") for h in range(half)]
            cables += [(f"edge {pod} {edge}", f"agg {pod} {a}") for a in range(half)]
        for a in range(half):
            cables += [(f"agg {pod} {a}", f"core {a * half + c}") for c in range(half)]
    return cables


def fullest_link(flows, links, trials=2000):
    """Mean load of the fullest link over the mean load, if flows choose links at random."""
    rng = np.random.default_rng(0)
    choices = rng.integers(0, links, (trials, flows))
    peaks = [np.bincount(row, minlength=links).max() for row in choices]
    return float(np.mean(peaks)) / (flows / links)


cables = fat_tree(4)
names = {name for cable in cables for name in cable}
hosts = sum(name.startswith("host") for name in names)
assert (hosts, len(names) - hosts, len(cables)) == (4**3 // 4, 5 * 4**2 // 4, 3 * hosts)
for k in (4, 32, PORTS):
    print(f"k = {k}: three tiers {k**3 // 4} ports, {5 * k**2 // 4} switches; "
          f"two tiers {k**2 // 2} ports, {3 * k // 2} switches")

plane = PORTS**2 // 2  # ports of one full two-tier network
gpus = GPUS_PER_HOST * plane
three_tier, rails = gpus * 5 // PORTS, GPUS_PER_HOST * 3 * PORTS // 2
print(f"{gpus} GPUs: {three_tier} switches in three tiers, {rails} in {GPUS_PER_HOST} separate rails, "
      f"{1 - rails / three_tier:.0%} fewer")
print(f"one switch away on a rail: {PORTS // 2} hosts, {PORTS // 2 * GPUS_PER_HOST} GPUs")

card = PORT / 8  # GB/s
print(f"inside a host {SCALE_UP} GB/s, outside {card:.0f} GB/s: {SCALE_UP / card:.0f} to 1")
gradient = 8.03 * 2  # GB, bf16, fact:llama-3-8b.parameters_bn
for ratio in (1, 3, 7):
    seconds = 2 * 63 / 64 * gradient / (card / ratio)
    print(f"oversubscribed {ratio} to 1: {card / ratio:.1f} GB/s per card, ring over 64 ranks {seconds:.2f} s")

for flows in (32, 32 * 16, 32 * 256):
    peak = fullest_link(flows, 32)
    print(f"{flows} flows on 32 links: fullest {peak:.2f} times the mean, {1 / peak:.0%} of the rate")
