"""What to know about a model before you fetch it: parameters and bytes from a safetensors header alone, headers that
a reader must refuse, what a name hides when its owner moves it, and what a fetch costs in time, traffic and quota."""

import hashlib
import json
import math

import numpy as np

BYTES = {"F32": 4, "BF16": 2, "F16": 2, "F8_E4M3": 1, "I8": 1}
LAYERS = 32  # fact:llama-3-8b.layers
HIDDEN = 4096  # fact:llama-3-8b.hidden
INTERMEDIATE = 14336  # fact:llama-3-8b.intermediate
VOCABULARY = 128256  # fact:llama-3-8b.vocabulary
KV_HEADS = 8  # fact:llama-3-8b.kv_heads
HEAD_DIM = 128  # fact:llama-3-8b.head_dim


def header(shapes, dtype):
    """The start of a safetensors file: 8 bytes of length, then JSON with type, shape and place of each tensor."""
    table, place = {}, 0
    for name, shape in shapes.items():
        size = math.prod(shape) * BYTES[dtype]
        table[name] = {"dtype": dtype, "shape": list(shape), "data_offsets": [place, place + size]}
        place += size
    text = json.dumps(table).encode()
    return len(text).to_bytes(8, "little") + text, place


def inspect(start, file_size):
    """Read a header without the tensors; refuse what does not add up."""
    length = int.from_bytes(start[:8], "little")
    if length > 100_000_000 or 8 + length > file_size:
        raise ValueError("header longer than allowed or than the file")
    table, place, parameters = json.loads(start[8 : 8 + length]), 0, 0
    table.pop("__metadata__", None)
    for name, row in sorted(table.items(), key=lambda item: item[1]["data_offsets"]):
        count, (begin, end) = math.prod(row["shape"]), row["data_offsets"]
        if begin != place or end - begin != count * BYTES[row["dtype"]]:
            raise ValueError(f"gap, overlap or wrong size at {name}")
        place, parameters = end, parameters + count
    if 8 + length + place != file_size:
        raise ValueError("bytes after the last tensor")
    return parameters, len(table), length


kv = KV_HEADS * HEAD_DIM
layer = {
    "self_attn.q_proj": (HIDDEN, HIDDEN), "self_attn.k_proj": (kv, HIDDEN), "self_attn.v_proj": (kv, HIDDEN),
    "self_attn.o_proj": (HIDDEN, HIDDEN), "mlp.gate_proj": (INTERMEDIATE, HIDDEN),
    "mlp.up_proj": (INTERMEDIATE, HIDDEN), "mlp.down_proj": (HIDDEN, INTERMEDIATE),
    "input_layernorm": (HIDDEN,), "post_attention_layernorm": (HIDDEN,),
}  # fmt: skip
shapes = {f"model.layers.{i}.{name}.weight": shape for i in range(LAYERS) for name, shape in layer.items()}
shapes |= {"model.embed_tokens.weight": (VOCABULARY, HIDDEN), "model.norm.weight": (HIDDEN,)}
shapes |= {"lm_head.weight": (VOCABULARY, HIDDEN)}
start, body = header(shapes, "BF16")
size = len(start) + body
parameters, tensors, length = inspect(start, size)
print(f"Llama 3 8B as one file: {tensors} tensors, {parameters:,} parameters, {body / 1e9:.2f} GB")
print(f"  read for that: {8 + length:,} bytes, one part in {size // (8 + length):,}")

small, tail = header({"a": (2, 3), "b": (4,)}, "F32")
good = small + np.arange(10, dtype="<f4").tobytes()
cases = {
    "intact": good,
    "16 bytes appended": good + b"#!/bin/sh; echo ",
    "offsets overlap": good.replace(b"[24, 40]", b"[20, 36]"),
    "length of 2^63": (1 << 63).to_bytes(8, "little") + good[8:],
}
print("\nsmall files")
for case, data in cases.items():
    try:
        print(f"  {case:<18} accepted, {inspect(data, len(data))[0]} parameters")
    except ValueError as error:
        print(f"  {case:<18} refused: {error}")

def manifest(files):
    """What to record at review: a hash for each file, and one over all of them, as a commit has."""
    each = {name: hashlib.sha256(data).hexdigest() for name, data in sorted(files.items())}
    return each, hashlib.sha256(json.dumps(each).encode()).hexdigest()


# The owner pushes to the branch again: same weights, another chat template
may = {"model.safetensors": good, "config.json": b"{}", "chat_template.jinja": b"{{ system }}{{ user }}"}
june = may | {"chat_template.jinja": b"{{ user }}"}
(reviewed, pinned), (fetched, moved) = manifest(may), manifest(june)
name = "model.safetensors"
print("\nafter the owner pushed again, the same name brings")
print(f"  equal weights: {fetched[name] == reviewed[name]}, equal commit: {moved == pinned}")
print(f"  changed since review: {', '.join(file for file in fetched if fetched[file] != reviewed[file])}")

print("\nfetching the file, at best")
for rate in (1, 10, 100):
    print(f"  {rate:>3} Gb/s {size * 8 / rate / 1e9:>6.1f} s")
fleet, starts = 20, 5
print(f"  {fleet} replicas started {starts} times a day: {fleet * starts * size / 1e12:.2f} TB a day from the hub")

# Hugging Face Hub: requests to download a file, per 5 minutes and address, without an account (September 2025)
LIMIT, SHARD_GB = 3000, 5  # GB a file at most: assumed, and customary
LARGE_BN = 405.85  # bn, fact:llama-3-1-405b.parameters_bn
print(f"\n{fleet} replicas behind one address start together, at least one request for each weight file")
for label, billions in (("Llama 3 8B", parameters / 1e9), ("Llama 3.1 405B", LARGE_BN)):
    files = math.ceil(billions * 2 / SHARD_GB)
    print(f"  {label:<15} {files:>3} files  {fleet * files:>5,} requests of {LIMIT:,} allowed")
