"""Which model fits one graphics card: weights at 16, 8 and 4 bits, the tokens of cache left beside them, and the
rate that memory bandwidth allows. Then what a streaming client must do: hold text back, buffer reads."""

import codecs
import json

USABLE = 0.9  # of the printed memory, assumed; the rest is for activations, graphs and the display
BITS = {"16": 16.0, "8": 8.5, "4": 4.8944}  # bits a weight with scales: bf16, Q8_0, Q4_K_M as measured by llama.cpp
CARDS = {  # memory in GB, bandwidth in TB/s
    "RTX 3090": (24, 0.936),  # fact:rtx-3090.memory_bandwidth
    "RTX 4090": (24, 1.008),  # fact:rtx-4090.memory_bandwidth
    "RTX 5090": (32, 1.792),  # fact:rtx-5090.memory_bandwidth
}
MODELS = {  # parameters and active parameters in bn, layers, those with full context, window, KV heads, head_dim
    "Llama 3 8B": (8.03, 8.03, 32, 32, 0, 8, 128),  # fact:llama-3-8b.parameters_bn
    "Phi-4": (14.66, 14.66, 40, 40, 0, 10, 128),  # fact:phi-4.parameters_bn
    "gpt-oss-20b": (20.91, 3.61, 24, 12, 128, 8, 64),  # fact:gpt-oss-20b.parameters_bn
    "Mistral Small 3 24B": (23.57, 23.57, 40, 40, 0, 8, 128),  # fact:mistral-small-3-24b.parameters_bn
    "Gemma 3 27B": (27.01, 27.01, 62, 10, 1024, 16, 128),  # fact:gemma-3-27b.parameters_bn
    "Qwen3-30B-A3B": (30.53, 3.35, 48, 48, 0, 4, 128),  # fact:qwen-3-30b-a3b.active_parameters_bn
    "Qwen3-32B": (32.76, 32.76, 64, 64, 0, 8, 128),  # fact:qwen-3-32b.parameters_bn
    "Llama 3 70B": (70.55, 70.55, 80, 80, 0, 8, 128),  # fact:llama-3-70b.parameters_bn
}


OSS_EXPERTS = 24 * 32 * 3 * 2880 * 2880 / 1e9  # bn, published in MXFP4; the rest of gpt-oss-20b is in 16 bits


def weights(name, form):
    """GB of all weights. gpt-oss comes in one form only."""
    parameters = MODELS[name][0]
    if name == "gpt-oss-20b":
        return OSS_EXPERTS * 4.25 / 8 + (parameters - OSS_EXPERTS) * 2
    return parameters * BITS[form] / 8


def read(name, form):
    """GB that one token of one user reads: the active parameters."""
    parameters, active, *_ = MODELS[name]
    if name == "gpt-oss-20b":
        chosen = OSS_EXPERTS * 4 / 32
        return chosen * 4.25 / 8 + (active - chosen) * 2
    return weights(name, form) * active / parameters


def tokens_left(name, form, memory):
    """Tokens of 16-bit cache beside the weights, in full hundreds; a window stops growing at its end."""
    _, _, layers, full, window, heads, dim = MODELS[name]
    layer = 2 * heads * dim * 2  # bytes per token and layer: key and value, 2 bytes each
    free = (memory * USABLE - weights(name, form)) * 1e9 - (layers - full) * window * layer
    return max(0, int(free / (full * layer)) // 100 * 100)


print("GB of weights at 16, 8, 4 bits; tokens of cache beside 4 bits in 24 and 32 GB; tokens/s on an RTX 4090, at best")
for name in MODELS:
    sizes = "".join(f"{weights(name, form):7.1f}" for form in BITS)
    left = [tokens_left(name, "4", memory) for memory in (24, 32)]
    rate = f"{CARDS['RTX 4090'][1] * 1e3 / read(name, '4'):.0f}" if left[0] else "-"
    print(f"  {name:<20}{sizes}{left[0]:9,}{left[1]:9,}{rate:>6}")

print("\nLlama 3 8B in 24 GB: tokens of cache, and users of 8,192 tokens")
for form in BITS:
    left = tokens_left("Llama 3 8B", form, 24)
    print(f"  {form:>2} bits: {left:7,} tokens, {left // 8192:2} users")

print("\nQwen3-32B at 4 bits, one user: tokens/s at best, tokens of cache")
for card, (memory, bandwidth) in CARDS.items():
    print(f"  {card}: {bandwidth * 1e3 / read('Qwen3-32B', '4'):3.0f} {tokens_left('Qwen3-32B', '4', memory):7,}")

print("\ntokens of cache beside 4 bits, if a printed GB is 10^9 bytes, and if it is a GiB")
for name, memory in (("Qwen3-32B", 24), ("Llama 3 70B", 48)):
    left = [tokens_left(name, "4", gb) for gb in (memory, memory * 2**30 / 1e9)]
    print(f"  {name:<12} in {memory} GB: {left[0]:6,} {left[1]:7,}")

# NVIDIA L4 and Qwen2.5-7B: the bound, and the share of it that a published test reached with llama.cpp
L4 = 0.3  # TB/s, fact:l4.memory_bandwidth
QWEN_BN = 7.62  # bn, fact:qwen-2-5-7b.parameters_bn
bound = L4 * 1e3 / (QWEN_BN * BITS["4"] / 8)
print(f"\nL4, Qwen2.5-7B at 4 bits, one user: {bound:.0f} tokens/s at best; 47.4 measured are {47.4 / bound:.0%}")

STOP = "\n###"
TOKENS = [b"A", b" caf", b"\xc3", b"\xa9", b" costs", b" 3", b" \xe2", b"\x82", b"\xac", b"\n#", b"##"]
decode, held, stream, events = codecs.getincrementaldecoder("utf-8")().decode, "", b"", 0
for token in TOKENS:  # the server sends whole characters only, and nothing that may begin the stop string
    held += decode(token)
    keep = max(k for k in range(len(STOP) + 1) if held.endswith(STOP[:k]))
    text, held = held[: len(held) - keep], held[len(held) - keep :]
    if text:
        stream += f"data: {json.dumps({'text': text}, ensure_ascii=False)}\n\n".encode()
        events += 1
print(f"\nstream: {len(TOKENS)} tokens, {events} events, {len(stream)} bytes")
for size in (16, 32, 64):
    reads, buffer, found = [stream[i : i + size] for i in range(0, len(stream), size)], b"", 0
    alone = sum(part.startswith(b"data: {") and part.endswith(b"}") for read in reads for part in read.split(b"\n\n"))
    for read in reads:
        *whole, buffer = (buffer + read).split(b"\n\n")
        found += len(whole)
    print(f"  reads of {size} bytes: {found} events with a buffer, {alone} when each read is looked at alone")
