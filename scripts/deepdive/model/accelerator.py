"""``kind: accelerators``: devices with their figures, dense and sparse apart."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from deepdive.model.row import Aliases, Figure, Note, PartialDate, Quantity, Row, Strict, Text, ToolId, figure
from deepdive.model.vocabulary import Availability

PRECISIONS = ("fp64", "fp64_matrix", "fp32", "tf32", "bf16", "fp16", "fp8", "fp6", "fp4", "int8")


class PeakRates(Strict):
    """Peak rates of one device: floating point in TFLOPS, integer in TOPS."""

    fp64: Quantity = figure("FP64", "TFLOPS")
    fp64_matrix: Quantity = figure("FP64 matrix", "TFLOPS")
    fp32: Quantity = figure("FP32", "TFLOPS")
    tf32: Quantity = figure("TF32", "TFLOPS")
    bf16: Quantity = figure("BF16", "TFLOPS")
    fp16: Quantity = figure("FP16", "TFLOPS")
    fp8: Quantity = figure("FP8", "TFLOPS")
    fp6: Quantity = figure("FP6", "TFLOPS")
    fp4: Quantity = figure("FP4", "TFLOPS")
    int8: Quantity = figure("INT8", "TOPS")


class Accelerator(Row):
    """One device (one package, as sold): capacity, bandwidth, peak rates, power, links."""

    aliases: Aliases = ()
    vendor: Annotated[Text, Field(max_length=40, title="Vendor")]
    family: Annotated[Text | None, Field(title="Family")] = None
    architecture: Annotated[Text | None, Field(title="Architecture")] = None
    form_factor: Annotated[Text | None, Field(title="Form factor")] = None
    released: Annotated[PartialDate | None, Field(title="Released")] = None
    availability: Annotated[Availability, Field(title="Availability")]
    process: Annotated[Text | None, Field(title="Process")] = None
    process_nm: Quantity = figure("Process node", "nm")
    transistors_bn: Quantity = figure("Transistors", "bn")
    memory_type: Annotated[Text | None, Field(title="Memory type")] = None
    memory_gb: Quantity = figure("Memory", "GB", "Capacity as the vendor prints it.")
    memory_bandwidth: Quantity = figure("Memory bandwidth", "TB/s", "Peak rate of the device memory, decimal.")
    l2_mb: Quantity = figure("L2 cache", "MB")
    peak_dense: Annotated[PeakRates, Field(title="Peak, dense")] = PeakRates()
    peak_sparse: Annotated[PeakRates, Field(title="Peak, sparse")] = PeakRates()
    power_w: Quantity = figure("Power", "W", "Board or package power; the row says which.")
    host_link: Annotated[Text | None, Field(title="Host link")] = None
    scale_up_link: Annotated[Text | None, Field(title="Scale-up link")] = None
    scale_up_bandwidth: Quantity = figure("Scale-up bandwidth", "GB/s", "Per device and per direction.")
    domain_max: Quantity = figure("Scale-up domain", "", "Largest number of devices in one scale-up domain.")
    software: Annotated[ToolId | None, Field(title="Software", description="The id of a tool.")] = None
    note: Note = None

    @property
    def ridge_bf16(self) -> Figure | None:
        """Ridge point in bf16: peak_dense.bf16 ÷ memory_bandwidth, in FLOP per byte.

        Williams, Waterman and Patterson, 2009 (doi 10.1145/1498765.1498785). TFLOPS ÷ TB/s is
        FLOP/byte. None when either figure is not recorded; a Figure without value when unknown.
        """
        peak, bandwidth = self.peak_dense.bf16, self.memory_bandwidth
        if peak is None or bandwidth is None:
            return None
        if peak.value is None or bandwidth.value is None:
            return Figure(value=None, kind="derived")
        return Figure(value=round(peak.value / bandwidth.value, 1), kind="derived")
