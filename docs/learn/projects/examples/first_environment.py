"""Check an environment, train a tiny model in it, and save the weights in a file that cannot run code.

Nothing printed depends on the machine: versions and processor are checked, not shown. Run it again after
any change of the environment; a different line means that something changed which should not have.
"""

import platform
import sys
import tempfile
from pathlib import Path

import numpy as np

CHECKS = {
    "Python is 3.11 or newer": sys.version_info >= (3, 11),
    "the interpreter has 64 bits": sys.maxsize > 2**32,
    "the processor architecture is known": bool(platform.machine()),
    "NumPy is 2.0 or newer": int(np.__version__.split(".")[0]) >= 2,
    "float32 keeps 24 bits": np.finfo(np.float32).nmant + 1 == 24,
    "matrix product is right": bool(np.allclose(np.arange(6.0).reshape(2, 3) @ np.ones((3, 1)), [[3.0], [12.0]])),
}


SAMPLE = f"""numpy==2.4.6 \\
    --hash=sha256:{64 * "0"} \\
    --hash=sha256:{64 * "1"}
    # via -r requirements.in
"""


def lock_is_whole(text):
    """Every requirement of a lock names one version and at least one hash; a backslash continues a line."""
    lines = [line.strip() for line in text.replace("\\\n", " ").splitlines()]
    wanted = [line for line in lines if line and not line.startswith(("#", "--"))]
    return bool(wanted) and all("==" in line and "--hash=sha256:" in line for line in wanted)


def train(steps=3000, rate=0.1, seed=0):
    """A network of one hidden layer learns y = sin(3x) from 256 points; returns weights and losses."""
    random = np.random.default_rng(seed)
    x = random.uniform(-1, 1, (256, 1))
    y = np.sin(3 * x)
    weights = {
        "w1": random.standard_normal((1, 16)),
        "b1": np.zeros(16),
        "w2": random.standard_normal((16, 1)) / 4,
        "b2": np.zeros(1),
    }
    losses = []
    for _ in range(steps):
        hidden = np.tanh(x @ weights["w1"] + weights["b1"])
        error = hidden @ weights["w2"] + weights["b2"] - y
        losses.append(float((error**2).mean()))
        out = 2 * error / len(x)
        back = out @ weights["w2"].T * (1 - hidden**2)
        slopes = {"w1": x.T @ back, "b1": back.sum(0), "w2": hidden.T @ out, "b2": out.sum(0)}
        for name, slope in slopes.items():
            weights[name] -= rate * slope
    return weights, losses


def model(weights, x):
    """What the trained network says at x."""
    return np.tanh(x @ weights["w1"] + weights["b1"]) @ weights["w2"] + weights["b2"]


if __name__ == "__main__":
    for what, passed in CHECKS.items():
        print(f"{'ok  ' if passed else 'FAIL'} {what}")
    lock = Path(__file__).with_name("requirements.txt")  # yours, if it lies beside this file
    whole = lock_is_whole(lock.read_text() if lock.exists() else SAMPLE)
    strict = not any(lock_is_whole(text) for text in ("", "numpy", "numpy==2.4.6", SAMPLE + "requests>=2"))
    print(f"{'ok  ' if whole and strict else 'FAIL'} the lock names a version and a hash for every package")

    weights, losses = train()
    print("\nstep   mean squared error")
    for step in (1, 30, 300, 3000):
        print(f"{step:4d}   {losses[step - 1]:.4f}")
    print(f"parameters: {sum(value.size for value in weights.values())}")

    grid = np.linspace(-1, 1, 5)[:, None]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "weights.npz"
        np.savez(path, **weights)
        with np.load(path, allow_pickle=False) as loaded:
            same = all(np.array_equal(loaded[name], weights[name]) for name in weights)
        np.save(Path(folder) / "object.npy", np.array([{"any": "object"}], dtype=object), allow_pickle=True)
        try:
            np.load(Path(folder) / "object.npy", allow_pickle=False)
            refused = False
        except ValueError:
            refused = True
    print(f"\nweights come back equal: {same}; a file with Python objects is refused: {refused}")
    print("x        " + " ".join(f"{value:6.2f}" for value in grid[:, 0]))
    print("model    " + " ".join(f"{value:6.2f}" for value in model(weights, grid)[:, 0]))
    print("sin(3x)  " + " ".join(f"{value:6.2f}" for value in np.sin(3 * grid[:, 0])))
