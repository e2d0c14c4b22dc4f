"""Split one feed-forward layer over two devices, then price each kind of parallelism.

First shows that tensor parallelism computes the same numbers as one device. Then compares
what each split sends with the arithmetic that could hide it, on a node link and on a network.
"""

import numpy as np

PEAK = 989.4  # TFLOPS, fact:h100-sxm.peak_dense.bf16
NODE = 450  # GB/s one way, fact:h100-sxm.scale_up_bandwidth
NETWORK = 50  # GB/s one way, assumed: one 400 Gbit/s card per device
RATE = 0.4 * PEAK * 1e12  # FLOP/s reached, assumed: 40 % of peak
PARAMETERS = 8.030261248e9  # fact:llama-3-8b.parameters_bn
MODELS = {
    "Llama 3 8B": dict(
        h=4096,  # fact:llama-3-8b.hidden
        f=14336,  # fact:llama-3-8b.intermediate
        kv=8 * 128,  # fact:llama-3-8b.kv_heads, fact:llama-3-8b.head_dim
    ),
    "Llama 3.1 405B": dict(
        h=16384,  # fact:llama-3-1-405b.hidden
        f=53248,  # fact:llama-3-1-405b.intermediate
        kv=8 * 128,  # fact:llama-3-1-405b.kv_heads, fact:llama-3-1-405b.head_dim
    ),
}
TP, PP, DP = 8, 16, 128  # the layout of Llama 3.1 405B on 16,384 devices
P_405B = 405.8533888e9  # fact:llama-3-1-405b.parameters_bn


def bubble(stages, micro_batches, chunks=1):
    """Share of a step in which a stage waits; chunks is the number of pieces per stage."""
    return (stages - 1) / (chunks * micro_batches + stages - 1)


def layer_parameters(h, f, kv):
    return 2 * h * h + 2 * h * kv + 3 * h * f  # query, output; key, value; gate, up, down


def tp_ratio(model, t, bandwidth):
    """Time of four all-reduces a layer and token over time of the layer's arithmetic."""
    sent = 4 * 2 * (t - 1) / t * 2 * model["h"] / (bandwidth * 1e9)
    return sent / (6 * layer_parameters(**model) / t / RATE)


rng = np.random.default_rng(0)
x, up, down = rng.normal(size=(4, 8)), rng.normal(size=(8, 16)), rng.normal(size=(16, 8))
parts = [np.maximum(x @ up[:, s], 0) @ down[s] for s in (slice(0, 8), slice(8, 16))]
assert np.allclose(sum(parts), np.maximum(x @ up, 0) @ down)
print("two devices, columns then rows, one sum at the end: equal to the dense layer")

ring = 63 / 64
print(f"64 devices, arrays sent per device: replicas {2 * ring:.3f}, fully sharded {3 * ring:.3f}")
for name, factor in (("replicas", 2), ("fully sharded", 3)):
    print(f"Llama 3 8B over the network, {name}: {factor * ring * 2 * PARAMETERS / NETWORK / 1e9:.2f} s a step")
for place, bandwidth in (("node", NODE), ("network", NETWORK)):
    print(f"fully sharded, {place}: hidden from {ring * RATE / bandwidth / 1e9:,.0f} tokens per device")

hybrid = 2 / (3 * 8) * 7 / 8 * RATE / NETWORK / 1e9  # each device all-reduces an eighth of the gradients
print(f"shards in 8 nodes of 8, replicas between: network hidden from {hybrid:,.0f} tokens,"
      f" states {16 * PARAMETERS / 8 / 1e9:.1f} instead of {16 * PARAMETERS / 64 / 1e9:.1f} GB")

for name, model in MODELS.items():
    for t, place, bandwidth in ((8, "node", NODE), (16, "network", NETWORK)):
        print(f"{name}, TP {t:2d}, {place}: communication / arithmetic = {tp_ratio(model, t, bandwidth):.2f}")

print("bubble, 8 stages, 8/32/128 micro-batches:", *(f"{bubble(8, m):.3f}" for m in (8, 32, 128)))
print(f"bubble, 16 stages, 16 micro-batches: {bubble(16, 16):.3f}, in 8 chunks {bubble(16, 16, 8):.3f}")

shard = P_405B / (TP * PP)
print(f"405B on {TP * PP * DP:,} devices: {shard / 1e9:.2f} bn parameters each,"
      f" weights {2 * shard / 1e9:.1f} GB, fp32 gradients {4 * shard / 1e9:.1f} GB,"
      f" states {12 * shard / DP / 1e9:.2f} GB")
