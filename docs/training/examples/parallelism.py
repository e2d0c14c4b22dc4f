"""Split one feed-forward layer over two devices, then price each kind of parallelism.

First shows that tensor parallelism computes the same numbers as one device. Then compares
what each split sends with the arithmetic that could hide it, inside a node and between nodes.
"""

import numpy as np

PEAK = 989.4  # TFLOPS, fact:h100-sxm.peak_dense.bf16
NODE = 450  # GB/s one way, fact:h100-sxm.scale_up_bandwidth
CARD = 50  # GB/s one way, assumed: a 400 Gbit/s network card
CARDS = 8  # assumed: one card per device, eight devices in a node
NETWORK = CARD * CARDS  # a ring through whole nodes can use every card of a node
RATE = 0.4 * PEAK * 1e12  # FLOP/s reached, assumed: 40 % of peak
LATENCY = 5e-6  # s per step of a ring, assumed
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

ring, gradients = 63 / 64, 2 * PARAMETERS / 1e9
print(f"\nLlama 3 8B, 64 devices, {gradients:.2f} GB of gradients, s a step at best")
for name, factor in (("replicas", 2), ("fully sharded", 3)):
    print(f"  {name:<14}{factor * ring * gradients / NETWORK:.2f} with all cards of a node,"
          f" {factor * ring * gradients / CARD:.2f} with one")
for place, bandwidth in (("inside a node", NODE), ("network, all cards", NETWORK), ("network, one card a node", CARD)):
    print(f"  sharding is hidden from {ring * RATE / bandwidth / 1e9:,.0f} tokens per device: {place}")
hybrid = 7 / 8 * RATE / NETWORK / 1e9  # gradients are summed during the backward pass, 4 of 6 PT
print(f"  shards in 8 nodes of 8, replicas between: network hidden from {hybrid:,.0f} tokens,"
      f" states {16 * PARAMETERS / 8 / 1e9:.1f} instead of {16 * PARAMETERS / 64 / 1e9:.1f} GB")
gather = 2 * layer_parameters(**MODELS["Llama 3 8B"]) / NETWORK / 1e9
print(f"  gathering a layer: {gather * 1e3:.2f} ms of transfer; a ring's latency is as long at {gather / LATENCY:.0f} devices")

print("\ntensor parallelism: time of communication / time of arithmetic")
for name, model in MODELS.items():
    row = (f"{tp_ratio(model, t, b):.2f} {place}" for t, b, place in
           ((8, NODE, "TP 8 in a node"), (16, NETWORK, "TP 16 in two"), (16, CARD, "with one card each")))
    print(f"  {name:<15}", ", ".join(row))

print("\nbubble, 8 stages, 8/32/128 micro-batches:", *(f"{bubble(8, m):.3f}" for m in (8, 32, 128)))
print(f"bubble, 16 stages, 16 micro-batches: {bubble(16, 16):.3f}, in 8 chunks {bubble(16, 16, 8):.3f}")
for name, model in MODELS.items():  # a causal mask halves the arithmetic of a block of tokens
    print(f"context parallelism, {name}: hidden from {2 * RATE / (CARD * 1e9) * model['kv'] / model['h']:,.0f} tokens per device")

shard = P_405B / (TP * PP)
print(f"405B on {TP * PP * DP:,} devices: {shard / 1e9:.2f} bn parameters each,"
      f" weights {2 * shard / 1e9:.1f} GB, fp32 gradients {4 * shard / 1e9:.1f} GB,"
      f" states {12 * shard / DP / 1e9:.2f} GB")
