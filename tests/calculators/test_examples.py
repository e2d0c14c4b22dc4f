"""The calculators' test vectors, computed with the functions of the pages' examples."""

from __future__ import annotations

import json
import runpy
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from deepdive.load.files import list_files
from deepdive.load.redirects import load_redirects
from deepdive.model.calculators import CALCULATORS
from deepdive.store import Store

ROOT = Path(__file__).resolve().parents[2]
VECTORS: dict[str, list[dict[str, Any]]] = json.loads(Path(__file__).with_name("vectors.json").read_text("utf-8"))


@cache
def example(name: str) -> dict[str, Any]:
    """What the example defines. It is run as it stands, so that a change there is seen here."""
    return runpy.run_path(str(ROOT / "docs" / f"{name}.py"))


def kv_cache(v: dict[str, float]) -> dict[str, float]:
    known = example("serving/examples/kv_cache")
    layer = known["kv_bytes"](1, v["kv_heads"], v["head_dim"], v["value_bytes"])
    conversation = known["cache_bytes"](v["context"], v["layers"], v["windowed_layers"], v["window"], layer) / 1e9
    return {
        "token": known["kv_bytes"](v["layers"], v["kv_heads"], v["head_dim"], v["value_bytes"]),
        "conversation": conversation,
        "cache": conversation * v["users"],
    }


def training_memory(v: dict[str, float]) -> dict[str, float]:
    assert (v["weight_bytes"], v["gradient_bytes"], v["optimizer_bytes"]) == (2, 2, 12)
    return {
        "states": example("training/examples/training_memory")["zero"](
            v["stage"], v["parameters_bn"] * 1e9, v["devices"]
        )
        / 1e9
    }


def training_run(v: dict[str, float]) -> dict[str, float]:
    flop = 6 * v["parameters_bn"] * 1e9 * v["tokens_bn"] * 1e9
    known = example("training/examples/scaling_laws")
    found = {"flop": flop}
    if (v["peak"], v["mfu"]) == (known["PEAK_TFLOPS"], known["MFU"]):
        found["days"] = known["days"](flop, v["devices"])
    hours = flop / (v["devices"] * v["peak"] * 1e12 * v["mfu"]) / 3600
    energy = example("hardware/examples/power_and_physical_limits")["energy_mwh"]
    found["energy"] = energy(v["devices"], v["power_w"] / 1e3, hours, v["pue"])
    return found


def generation(v: dict[str, float]) -> dict[str, float]:
    if v["windowed_layers"]:
        return windowed_generation(v)
    known = example("serving/examples/inference_fundamentals")
    same = {"prompt": "PROMPT", "answer": "ANSWER", "layers": "LAYERS", "heads": "HEADS", "parameters_bn": "PARAMETERS_BN",
            "head_dim": "HEAD_DIM", "bandwidth": "BANDWIDTH", "peak": "PEAK_BF16"}  # fmt: skip
    assert {name: known[constant] for name, constant in same.items()} == {name: v[name] for name in same}
    return {"prefill": known["prefill"] * 1e3, "attention": known["attention"] * 1e3}


def windowed_generation(v: dict[str, float]) -> dict[str, float]:
    """The example's model has no windows: the pairs of tokens that see each other are counted one by one."""
    wide = v["layers"] - v["windowed_layers"]
    pairs = sum(wide * (at + 0.5) + v["windowed_layers"] * min(at + 0.5, v["window"]) for at in range(int(v["prompt"])))
    layer = example("serving/examples/kv_cache")["kv_bytes"](1, v["kv_heads"], v["head_dim"], v["value_bytes"])
    text = v["prompt"] + v["answer"] / 2
    kept = example("serving/examples/kv_cache")["cache_bytes"](
        text, v["layers"], v["windowed_layers"], v["window"], layer
    )
    return {
        "attention": 4 * v["heads"] * v["head_dim"] * pairs / v["peak"] / 1e9,
        "cache": kept / 1e9,
    }


def collective(v: dict[str, float]) -> dict[str, float]:
    known = example("infrastructure/examples/collectives")
    assert (known["ALPHA"] * 1e6, known["NETWORK"] / 1e9, v["halves"]) == (v["latency"], v["bandwidth"], 2)
    size = v["megabytes"] * 1e6
    return {"ring": known["ring"](v["ranks"], size) * 1e3, "tree": known["tree"](v["ranks"], size) * 1e3}


def checkpoint(v: dict[str, float]) -> dict[str, float]:
    known = example("infrastructure/examples/storage_and_checkpoints")
    write = v["parameters_bn"] * v["state_bytes"] / v["storage"]
    mtbf = v["device_hours"] / v["devices"] * 3600
    interval = known["young"](write, mtbf)
    return {"write": write, "interval": interval, "lost": known["lost"](interval, write, mtbf) * 100}


IN_PYTHON = {
    "kv-cache": kv_cache,
    "training-memory": training_memory,
    "training-run": training_run,
    "generation": generation,
    "collective": collective,
    "checkpoint": checkpoint,
}


@pytest.mark.parametrize("name", CALCULATORS)
def test_the_example_gives_what_the_vectors_say(name: str) -> None:
    compared = 0
    for vector in VECTORS[name]:
        for result, value in IN_PYTHON[name](vector["inputs"]).items():
            if result in vector["expected"]:
                assert value == pytest.approx(vector["expected"][result], rel=1e-4), (name, result)
                compared += 1
    assert compared


def test_every_calculator_has_a_module_vectors_and_a_page() -> None:
    folder = ROOT / "overrides/assets/javascripts/calculators"
    assert (
        {file.stem for file in folder.glob("*.js")} - {"calculator", "formula", "inputs"}
        == set(CALCULATORS)
        == set(VECTORS)
    )
    moved = load_redirects(list_files(ROOT / "docs", ROOT), Store(None))[0].moved
    together = (ROOT / "docs/learn/calculators.md").read_text("utf-8")
    for name, calculator in CALCULATORS.items():
        fence = f"``` calculator\nname: {name}\n```"
        assert fence in together
        page = moved.get(calculator.page, calculator.page).partition("#")[0]
        assert fence in (ROOT / "docs" / page).read_text("utf-8"), f"{page} does not show {name}"
