"""Count the switches of a cluster network, then load its links.

Builds a small fat tree and checks the formulas on it, prices two layouts for the same GPUs,
lets a ring cross oversubscribed pods in and out of order, and throws flows at random on
equal links, as ordinary Ethernet hashing does.
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


def pod_slowdown(ring, pods, ratio):
    """Traffic leaving the busiest pod over its uplinks; each host sends to the next of the ring."""
    per_pod = len(ring) // pods
    leaving = np.zeros(pods)
    for host, target in zip(ring, np.roll(ring, -1)):
        leaving[host // per_pod] += host // per_pod != target // per_pod
    return max(1.0, leaving.max() * ratio / per_pod)


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
HOSTS, PODS = 64, 8
full = 2 * 511 / 512 * gradient / (card * GPUS_PER_HOST)  # one ring per card through all 512 GPUs
print(f"{HOSTS} hosts, {HOSTS * GPUS_PER_HOST} GPUs, {gradient:.2f} GB of gradients: {full:.2f} s at full rate")
orders = {"pod by pod": np.arange(HOSTS), "shuffled": np.random.default_rng(0).permutation(HOSTS)}
for ratio in (3, 7):
    for name, order in orders.items():
        slowdown = pod_slowdown(order, PODS, ratio)
        print(f"  pods {ratio} to 1, ring {name}: {slowdown:.1f} times as long, {full * slowdown:.2f} s")

for flows in (32, 32 * 16, 32 * 256):
    peak = fullest_link(flows, 32)
    print(f"{flows} flows on 32 links: fullest {peak:.2f} times the mean, {1 / peak:.0%} of the rate")
