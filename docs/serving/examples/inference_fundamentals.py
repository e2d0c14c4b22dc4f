"""What a request costs before any software is written: floors for prefill and decode, the price of a batch,
what drafting gains, the tail of a queue, the load that meets a target, and a check of a published benchmark."""

import numpy as np

# Llama 3 8B
PARAMETERS_BN = 8.03  # bn, fact:llama-3-8b.parameters_bn
LAYERS = 32  # fact:llama-3-8b.layers
HEADS = 32  # fact:llama-3-8b.heads
KV_HEADS = 8  # fact:llama-3-8b.kv_heads
HEAD_DIM = 128  # fact:llama-3-8b.head_dim
HIDDEN = 4096  # fact:llama-3-8b.hidden
VOCABULARY = 128256  # fact:llama-3-8b.vocabulary
# Llama 3.2 1B, the drafter: same vocabulary
SMALL_BN = 1.236  # bn, fact:llama-3-2-1b.parameters_bn
SMALL_LAYERS = 16  # fact:llama-3-2-1b.layers
SMALL_KV_HEADS = 8  # fact:llama-3-2-1b.kv_heads
SMALL_HEAD_DIM = 64  # fact:llama-3-2-1b.head_dim
# NVIDIA H100 SXM5
MEMORY_GB = 80  # GB, fact:h100-sxm.memory_gb
BANDWIDTH = 3.35  # TB/s, fact:h100-sxm.memory_bandwidth
PEAK_BF16 = 989.4  # TFLOPS dense, fact:h100-sxm.peak_dense.bf16
PROMPT, ANSWER = 2048, 256  # tokens, assumed

parameters, rate, peak = PARAMETERS_BN * 1e9, BANDWIDTH * 1e12, PEAK_BF16 * 1e12
itl = 2 * parameters / rate  # every step reads all 16-bit weights
prefill = 2 * parameters * PROMPT / peak  # 2 FLOP per parameter and token
attention = 2 * LAYERS * HEADS * HEAD_DIM * PROMPT**2 / peak  # causal half of the score matrix
print(f"at best, one request alone: prefill {prefill * 1e3:.1f} ms (+ {attention * 1e3:.1f} ms of attention)")
print(f"  decode {itl * 1e3:.2f} ms a token; all {ANSWER} tokens {prefill + (ANSWER - 1) * itl:.2f} s")
table = VOCABULARY * HIDDEN  # the input table is looked up; prefill multiplies the output table once, not per token
print(f"  without the vocabulary tables: prefill {2 * (parameters - 2 * table) * PROMPT / peak * 1e3:.1f} ms,"
      f" decode {2 * (parameters - table) / rate * 1e3:.2f} ms a token")
print(f"  tokens per step at which arithmetic takes as long as the weights: {peak / rate:.0f}")

token = 2 * LAYERS * KV_HEADS * HEAD_DIM * 2  # cache bytes per token of context


def step(batch, context, new=1, scale=1.0, share=1.0):
    """Seconds of one step, at best: read weights and caches, multiply `new` tokens of each user.
    `scale` and `share`: weights and cache of a drafter, as parts of the model's."""
    read = 2 * parameters * scale + batch * context * token * share
    return max(read / rate, 2 * parameters * scale * batch * new / peak)


print("\nbatch  step ms  tokens/s  tokens/s each   at best, decode only")
for batch in (1, 8, 32, 128):
    t = step(batch, PROMPT + ANSWER // 2)  # half the answer written
    print(f"{batch:>5}  {t * 1e3:>7.2f}  {batch / t:>8,.0f}  {1 / t:>13.0f}")

DRAFTED, ACCEPTED = 4, 0.8  # drafted per pass, chance of each: assumed
gain = (1 - ACCEPTED ** (DRAFTED + 1)) / (1 - ACCEPTED)
smaller = SMALL_BN / PARAMETERS_BN
quarter = SMALL_LAYERS * SMALL_KV_HEADS * SMALL_HEAD_DIM / (LAYERS * KV_HEADS * HEAD_DIM)
print(f"\nspeculative decoding: {gain:.2f} tokens a pass; speed-up with a drafter of {smaller:.0%} of the weights")
print(f"  and {quarter:.0%} of the cache, at contexts of 200 and 2,176 tokens; last with a drafter that keeps no cache")
for batch in (1, 32, 128, 512):
    speed = []
    for context, share in ((200, quarter), (PROMPT + ANSWER // 2, quarter), (PROMPT + ANSWER // 2, 0)):
        used = 2 * parameters * (1 + smaller) + batch * context * token * (1 + share)
        drafts = DRAFTED * step(batch, context, 1, smaller, share)
        t = gain * step(batch, context) / (step(batch, context, DRAFTED + 1) + drafts)
        speed.append(f"{t:.2f}" if used < 0.9 * MEMORY_GB * 1e9 else "no room")
    print(f"{batch:>5}  {speed[0]:>7}  {speed[1]:>7}  {speed[2]:>7}")


def first_token(load, seed=0, requests=200_000):
    """Seconds from arrival to first token: Poisson arrivals, one prefill at a time, first come first served."""
    gaps = np.random.default_rng(seed).exponential(prefill / load, requests)
    drift = np.cumsum(prefill - gaps)  # Lindley's recursion in closed form
    wait = drift - np.minimum.accumulate(np.minimum(drift, 0))
    return wait + prefill


print("\nload  TTFT mean   p50   p99 ms   formula mean")
for load in (0.5, 0.8, 0.9, 0.95):
    t = first_token(load) * 1e3
    mean = prefill * (1 + load / (2 * (1 - load))) * 1e3  # Pollaczek-Khinchine, constant service time
    print(f"{load:4.2f}  {t.mean():>9.0f}  {np.median(t):>4.0f}  {np.quantile(t, 0.99):>7.0f}  {mean:>13.0f}")
TARGET = 0.200  # s to the first token for 99 % of requests, assumed
loads = np.arange(0.50, 1.00, 0.01)
good = max(load for load in loads if np.quantile(first_token(load), 0.99) <= TARGET)
print(f"goodput at p99 <= 200 ms: {good / prefill:.1f} requests/s of {1 / prefill:.1f} possible ({good:.0%})")
print(f"Little: 20 requests/s x 1.5 s each = {20 * 1.5:.0f} in flight")

# Published: Llama 3.3 70B in fp8 on two H100, 5,000 tokens in, 500 out (NVIDIA NIM 1.8.0)
print("\nusers   TTFT s  e2e s  L = X * W  of these decoding")
for users, ttft_ms, itl_ms, tokens_s in (
    (1, 406.77, 18.58, 51.67), (50, 834.51, 59.73, 814.37), (100, 7996.25, 92.91, 917.26), (250, 88605.32, 93.2, 920.12),
):
    x, decode = tokens_s / 500, 499 * itl_ms / 1e3
    e2e = ttft_ms / 1e3 + decode
    print(f"{users:>5}  {ttft_ms / 1e3:>7.1f}  {e2e:>5.1f}  {x * e2e:>9.1f}  {x * decode:>16.1f}")
BIG_BN = 70.55  # bn, fact:llama-3-70b.parameters_bn (same dimensions)
floor = BIG_BN / (2 * BANDWIDTH)  # ms: one byte per weight, two devices
print(f"floor for one user {floor:.1f} ms a token, published 18.58 ms: {floor / 18.58:.0%} of the bandwidth bound")
