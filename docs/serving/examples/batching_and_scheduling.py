"""Four scheduling decisions in numbers: when a batch may change, how much of a prompt rides along,
when two device pools pay, and whose request comes next."""

import heapq
import random

# Llama 3 8B on NVIDIA H100 SXM5
PARAMETERS_BN = 8.03  # bn, fact:llama-3-8b.parameters_bn
LAYERS = 32  # fact:llama-3-8b.layers
KV_HEADS = 8  # fact:llama-3-8b.kv_heads
HEAD_DIM = 128  # fact:llama-3-8b.head_dim
BANDWIDTH = 3.35  # TB/s, fact:h100-sxm.memory_bandwidth
PEAK_BF16 = 989.4  # TFLOPS dense, fact:h100-sxm.peak_dense.bf16
parameters, rate, peak = PARAMETERS_BN * 1e9, BANDWIDTH * 1e12, PEAK_BF16 * 1e12
token = 2 * LAYERS * KV_HEADS * HEAD_DIM * 2  # cache bytes per token in 16 bits

# 1. 256 answers of 5 to 200 tokens on 16 slots
r, SLOTS = random.Random(0), 16
jobs = [r.randint(5, 200) for _ in range(256)]
static = sum(max(jobs[i : i + SLOTS]) for i in range(0, len(jobs), SLOTS))
slots = [0] * SLOTS
for job in jobs:  # the slot that is free first takes the next request
    heapq.heapreplace(slots, slots[0] + job)
busy = sum(jobs) / SLOTS  # no schedule needs fewer steps
print(f"steps for {len(jobs)} answers on {SLOTS} slots, at least {busy:.0f}")
for name, steps in (("static batches", static), ("continuous", max(slots))):
    print(f"  {name:<15} {steps:>5}  slots busy {busy / steps:.0%}")
print(f"  speed-up {static / max(slots):.2f}")


def step(decodes, context, prompt_tokens=0):
    """Seconds of one step, at best: weights and caches are read, every token is multiplied."""
    read = 2 * parameters + decodes * context * token
    return max(read / rate, 2 * parameters * (decodes + prompt_tokens) / peak)


# 2. A prompt of 8,192 tokens arrives while 32 conversations of 2,048 tokens decode
print(f"\nchunk  longest gap ms  TTFT of the prompt ms  (without it: {step(32, 2048) * 1e3:.1f} ms a step)")
for chunk in (64, 256, 512, 2048, 8192):
    gap = step(32, 2048, chunk)
    print(f"{chunk:>5}  {gap * 1e3:>14.1f}  {8192 / chunk * gap * 1e3:>21.0f}")
hidden = peak / rate * (1 + 32 * 2048 * token / (2 * parameters)) - 32
print(f"prompt tokens that ride along without lengthening the step: {hidden:.0f}")

# 3. Device time per request in each phase, decode at batch 64, and the cache that must move
print("\nprompt  answer  prefill ms  decode ms  prefill : decode  cache MB  ms at 50 GB/s")
for prompt, answer in ((512, 512), (2048, 256), (8192, 256), (8192, 64)):
    fill = 2 * parameters * prompt / peak
    write = (answer - 1) * step(64, prompt + answer // 2) / 64
    size = prompt * token
    share = fill / (fill + write)
    print(f"{prompt:>6}  {answer:>6}  {fill * 1e3:>10.1f}  {write * 1e3:>9.1f}  {share:>7.0%} : {1 - share:<6.0%}"
          f"  {size / 1e6:>8.0f}  {size / 50e9 * 1e3:>13.1f}")


# 4. Tenant A posts 40 requests with long answers, tenant B 40 with short ones just after; 8 slots
def serve(fair):
    waiting = {"A": [400] * 40, "B": [50] * 40}
    served, finish, running, now = {"A": 0, "B": 0}, {"A": [], "B": []}, [], 0
    while running or any(waiting.values()):
        while len(running) < 8 and any(waiting.values()):
            tenant = min((t for t in "AB" if waiting[t]), key=served.get if fair else "AB".index)
            running.append([tenant, waiting[tenant].pop(0)])
            served[tenant] += 100  # its prompt is charged on admission
        now += 1
        for job in running:  # one step: a token for every running answer, charged when produced
            served[job[0]] += 1
            job[1] -= 1
            if job[1] == 0:
                finish[job[0]].append(now)
        running = [job for job in running if job[1]]
    return [sum(finish[t]) / 40 for t in "AB"] + [now]


print("\nmean finish, steps        A      B   last")
for name, fair in (("first come first served", False), ("least tokens served", True)):
    print(f"{name:<23} {{:>5.0f}}  {{:>5.0f}}  {{:>5.0f}}".format(*serve(fair)))
