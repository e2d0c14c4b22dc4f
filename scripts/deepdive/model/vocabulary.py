"""The closed lists of words that fields may hold. The site's own order is the order here."""

from __future__ import annotations

from typing import Literal

Layer = Literal["hardware", "infrastructure", "frameworks", "training", "serving", "applications"]
# A folder of docs/ that may hold tables: a layer, or a section for what belongs to no one layer.
Section = Literal[
    "hardware", "infrastructure", "frameworks", "training", "serving", "applications", "reference", "learn",
]  # fmt: skip
LAYERS: tuple[Layer, ...] = (
    "hardware",
    "infrastructure",
    "frameworks",
    "training",
    "serving",
    "applications",
)

ToolType = Literal[
    "library", "framework", "engine", "runtime", "compiler", "platform", "service", "application",
    "cli", "specification", "dataset", "hub", "device", "language",
]  # fmt: skip
Openness = Literal["open-source", "source-available", "open-core", "open-weights", "proprietary"]
Status = Literal["active", "maintenance", "deprecated", "archived", "discontinued", "announced"]
ENDED: frozenset[str] = frozenset({"deprecated", "archived", "discontinued"})
Governance = Literal["foundation", "company", "community", "academic"]
Language = Literal[
    "Python", "C++", "C", "Rust", "Go", "Java", "Scala", "Kotlin", "TypeScript", "JavaScript",
    "Julia", "R", "CUDA", "Swift", "Objective-C", "C#", "Cython", "Fortran", "Perl", "Ruby", "Lua",
    "Mojo", "Shell", "Assembly",
]  # fmt: skip
Platform = Literal["linux", "macos", "windows", "android", "ios", "web", "embedded", "kubernetes", "cloud"]
AcceleratorFamily = Literal[
    "cpu", "nvidia-gpu", "amd-gpu", "intel-gpu", "apple-gpu", "google-tpu", "aws-trainium",
    "intel-gaudi", "huawei-ascend", "other-npu", "vulkan", "webgpu",
]  # fmt: skip
FileFormat = Literal[
    "safetensors", "gguf", "onnx", "pickle", "torchscript", "savedmodel", "hdf5", "keras", "tflite",
    "coreml", "openvino-ir", "pte", "parquet", "arrow", "csv", "json", "orc", "avro", "iceberg",
    "delta-lake", "hudi", "zarr", "lance",
]  # fmt: skip
Interface = Literal[
    "python", "c", "c++", "rust", "go", "java", "scala", "r", "julia", "javascript", "swift", "cli",
    "rest", "grpc", "openai-api", "sql", "web-ui", "desktop", "kubernetes-api", "mcp", "notebook",
]  # fmt: skip
Availability = Literal["announced", "sampling", "available", "end-of-life"]
FigureKind = Literal["measured", "derived", "vendor", "assumed"]
PaperType = Literal["paper", "report", "standard", "book", "documentation"]
ChipLine = Literal["gpu", "tpu", "npu"]
ToolkitSupport = Literal["supported", "maintenance", "dropped", "unknown"]
MemoryFamily = Literal["HBM", "GDDR", "LPDDR", "DDR"]
MemoryUnit = Literal["stack", "chip", "channel", "package"]
LinkFamily = Literal["PCIe", "NVLink", "Infinity Fabric", "ICI", "UALink", "CXL", "other"]
LinkScope = Literal["host", "scale-up", "chip-to-chip"]
LinkStatus = Literal["announced", "available", "end-of-life"]
NetworkRole = Literal["adapter", "switch"]
NetworkProtocol = Literal["infiniband", "ethernet", "proprietary"]
ExecutesCode = Literal["no", "yes", "possible"]
EventKind = Literal["paper", "hardware", "software", "model", "company", "standard", "policy"]
CourseType = Literal["course", "book", "community", "article", "reference"]
CourseLevel = Literal["introductory", "intermediate", "advanced"]
CourseStatus = Literal["active", "archived"]
Outcome = Literal["open", "happened", "did-not-happen"]
Attention = Literal["mha", "gqa", "mqa", "mla", "hybrid"]
