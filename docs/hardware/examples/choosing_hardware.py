"""Ranks devices by task instead of by one number: printed and measured matrix rates, decoding, room for
a 70B model, and the price ratio at which two devices cost the same for the same work."""

# Llama 3 8B and 70B
SMALL = 8.03  # bn, fact:llama-3-8b.parameters_bn
LARGE = 70.6  # bn, fact:llama-3-70b.parameters_bn
LAYERS = 80  # fact:llama-3-70b.layers
KV_HEADS = 8  # fact:llama-3-70b.kv_heads
HEAD_DIM = 128  # fact:llama-3-70b.head_dim
CONTEXT = 8192  # tokens, fact:llama-3-70b.context

PEAK = {
    "A100": 312,  # TFLOPS, fact:a100-sxm-80gb.peak_dense.bf16
    "H100": 989.4,  # TFLOPS, fact:h100-sxm.peak_dense.bf16
    "H200": 989.5,  # TFLOPS, fact:h200-sxm.peak_dense.bf16
    "B200": 2250,  # TFLOPS, fact:b200.peak_dense.bf16
    "MI300X": 1307.4,  # TFLOPS, fact:mi300x.peak_dense.bf16
    "MI355X": 2516.6,  # TFLOPS, fact:mi355x.peak_dense.bf16
}
BANDWIDTH = {
    "A100": 2.039,  # TB/s, fact:a100-sxm-80gb.memory_bandwidth
    "H100": 3.35,  # TB/s, fact:h100-sxm.memory_bandwidth
    "H200": 4.8,  # TB/s, fact:h200-sxm.memory_bandwidth
    "B200": 7.7,  # TB/s, fact:b200.memory_bandwidth
    "MI300X": 5.3,  # TB/s, fact:mi300x.memory_bandwidth
    "MI355X": 8,  # TB/s, fact:mi355x.memory_bandwidth
}
MEMORY = {
    "A100": 80,  # GB, fact:a100-sxm-80gb.memory_gb
    "H100": 80,  # GB, fact:h100-sxm.memory_gb
    "H200": 141,  # GB, fact:h200-sxm.memory_gb
    "B200": 180,  # GB, fact:b200.memory_gb
    "MI300X": 192,  # GB, fact:mi300x.memory_gb
    "MI355X": 288,  # GB, fact:mi355x.memory_gb
}
# best bf16 matrix product found by one search over shapes; software differs between the rows
MEASURED = {"A100": 271.2, "H100": 794.5, "H200": 794.5, "B200": 1745.0, "MI300X": 668.4, "MI355X": 1565.0}


def ranking(values, unit, digits):
    order = sorted(values, key=lambda device: -values[device])
    return " > ".join(f"{device} {values[device]:.{digits}f}" for device in order) + f"  {unit}"


print("matrix rate, printed ", ranking(PEAK, "TFLOPS dense bf16", 1))
print("matrix rate, measured", ranking(MEASURED, "TFLOPS", 1))
decode = {d: BANDWIDTH[d] * 1e3 / (2 * SMALL) for d in BANDWIDTH}
print("decode 8B, batch 1   ", ranking(decode, "token/s at best", 0))

cache = 2 * LAYERS * KV_HEADS * HEAD_DIM * 2 * CONTEXT / 1e9  # GB per full context in 16 bits
print(f"\n70B with 8-bit weights on one device, a tenth left free; a context takes {cache:.2f} GB")
serve = {}
for device, memory in MEMORY.items():
    users = max(0, int((0.9 * memory - LARGE) // cache))
    step = (LARGE + users * cache) / BANDWIDTH[device]  # ms: weights and all caches are read once
    serve[device] = users / step * 1e3
    print(f"  {device:<7}{users:>3} contexts, {serve[device]:5.0f} token/s at best")

gib = 80 * 2**30 / 1e9  # the same 80 if the vendor counts in powers of two
print(f"  H100 with 80 GiB = {gib:.1f} GB: {int((0.9 * gib - LARGE) // cache)} contexts")

print("\ntimes the H100's hourly price at which the work costs the same")
for device in ("A100", "H200", "B200", "MI300X", "MI355X"):
    peak, measured, decoding = (rate[device] / rate["H100"] for rate in (PEAK, MEASURED, BANDWIDTH))
    print(f"  {device:<7}by peak {peak:.2f}, by measured rate {measured:.2f}, by decoding {decoding:.2f}")

PRICE, MFU = 2.95, 0.40  # USD per device and hour; share of the peak that training uses: both assumed
exaflop = PRICE / 3600 / (PEAK["H100"] * 1e12 * MFU) * 1e18
training = 6 * SMALL * 1e9 * 1e12  # FLOP for 10^12 tokens
print(f"\nH100 at {PRICE} USD/h and {MFU:.0%} of peak: {exaflop:.2f} USD per 10^18 useful FLOP")
print(f"  8B on a trillion tokens: {training:.2e} FLOP, {training / 1e18 * exaflop:,.0f} USD")
wrong = training / 1e18 * exaflop * MFU / 2
print(f"  budgeted at the full sparse peak: {wrong:,.0f} USD, {2 / MFU:.0f} times too little")

# B300 and MI355X; the last two are token/s of eight devices, MLPerf Inference 6.1, server, each vendor's own machine
B300 = {
    "bf16": 2250,  # TFLOPS, fact:b300.peak_dense.bf16
    "fp8": 4500,  # TFLOPS, fact:b300.peak_dense.fp8
    "fp4": 14000,  # TFLOPS, fact:b300.peak_dense.fp4
    "bandwidth": 7.7,  # TB/s, fact:b300.memory_bandwidth
    "Llama 2 70B": 106_949,
    "gpt-oss-120b": 100_630,
}
MI355X = {
    "bf16": 2516.6,  # TFLOPS, fact:mi355x.peak_dense.bf16
    "fp8": 5033.2,  # TFLOPS, fact:mi355x.peak_dense.fp8
    "fp4": 10066.3,  # TFLOPS, fact:mi355x.peak_dense.fp4
    "bandwidth": 8,  # TB/s, fact:mi355x.memory_bandwidth
    "Llama 2 70B": 103_275,
    "gpt-oss-120b": 113_241,
}
print("\nB300 over MI355X: " + ", ".join(f"{name} {B300[name] / MI355X[name]:.2f}" for name in B300))
