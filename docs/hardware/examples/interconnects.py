"""What a link is worth: from lanes to GB/s, 16 GB over four links, a switch against a mesh,
and whether tensor parallelism over a link waits for it."""


def lane_bandwidth(lanes, rate_gt, efficiency):
    """GB/s in one direction: lanes times transfers of one bit, less what the encoding takes."""
    return lanes * rate_gt * efficiency / 8


PCIE_X16 = {
    "PCIe 3": lane_bandwidth(16, 8, 128 / 130),
    "PCIe 4": lane_bandwidth(16, 16, 128 / 130),
    "PCIe 5": lane_bandwidth(16, 32, 128 / 130),
    "PCIe 6": lane_bandwidth(16, 64, 242 / 256),  # flits: 242 of 256 bytes after error correction
    "PCIe 7": lane_bandwidth(16, 128, 242 / 256),
}
print("GB/s per direction, 16 lanes:", {name: round(rate, 1) for name, rate in PCIE_X16.items()})

PCIE_5 = 63  # GB/s, fact:pcie-5.device_bandwidth
NVLINK_4 = 450  # GB/s, fact:nvlink-4.device_bandwidth
NVLINK_5 = 900  # GB/s, fact:nvlink-5.device_bandwidth
ADAPTER_400G = 400 / 8
print("\n16 GB, at best:")
for name, rate in {"PCIe 5 x16": PCIE_5, "NVLink 4": NVLINK_4, "NVLink 5": NVLINK_5, "400 Gb/s adapter": ADAPTER_400G}.items():
    print(f"  {name:18}{16 / rate * 1e3:6.0f} ms")

# Eight devices behind a switch, or each with a link of its own to the other seven.
MESH_LINK = 64  # GB/s, fact:infinity-fabric-mi300x.link_bandwidth
MESH_DEVICE = 448  # GB/s, fact:infinity-fabric-mi300x.device_bandwidth
assert MESH_LINK * 7 == MESH_DEVICE
print("\nGB/s per device within a group:   switch (NVLink 4)   mesh (MI300X)")
for group in (2, 4, 8):
    print(f"{group:15} devices{NVLINK_4:22}{MESH_LINK * (group - 1):16}")

# Tensor parallelism over eight devices: two all-reduces per layer, each over tokens x hidden in bf16.
LAYERS = 80  # fact:llama-3-70b.layers
HIDDEN = 8192  # fact:llama-3-70b.hidden
PARAMETERS_BN = 70.553706496  # bn, fact:llama-3-70b.parameters_bn
H100_BF16 = 989.4  # TFLOPS dense, fact:h100-sxm.peak_dense.bf16
H100_TB_S = 3.35  # TB/s, fact:h100-sxm.memory_bandwidth
DEVICES = 8
STEP_US = 10  # assumed fixed cost of one all-reduce within a machine


def communication_ms(tokens, gb_s):
    """All-reduces of one forward pass: a fixed cost each, and 2(n-1)/n of the message per device."""
    message = tokens * HIDDEN * 2
    traffic = 2 * (DEVICES - 1) / DEVICES * message
    return 2 * LAYERS * (STEP_US * 1e-3 + traffic / gb_s / 1e6)


def compute_ms(tokens):
    """The later of arithmetic and reading the weights, divided over the devices."""
    arithmetic = 2 * PARAMETERS_BN * 1e9 * tokens / (H100_BF16 * 1e12)
    reading = 2 * PARAMETERS_BN * 1e9 / (H100_TB_S * 1e12)
    return max(arithmetic, reading) / DEVICES * 1e3


print(f"\nLlama 3 70B over {DEVICES} H100, ms at best")
print("tokens per pass   compute   all-reduce over NVLink 4   over PCIe 5")
for tokens in (1, 64, 1024, 8192):
    print(f"{tokens:15,}{compute_ms(tokens):10.1f}{communication_ms(tokens, NVLINK_4):27.1f}{communication_ms(tokens, PCIE_5):14.1f}")

print("\nmessage whose transfer takes as long as the fixed cost of 10 us:")
print(f"  NVLink 4 {NVLINK_4 * STEP_US / 1e3:.1f} MB, PCIe 5 {PCIE_5 * STEP_US / 1e3:.2f} MB")
