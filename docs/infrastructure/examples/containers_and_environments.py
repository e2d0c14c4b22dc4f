"""What two builds of an image share, why the order of steps decides it, what a pull costs,
and which driver a container needs. Layers are toy file sets with assumed sizes; digests are real SHA-256."""

import hashlib


def digest(*parts):
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]


def layer(*files):
    """A layer's digest depends on its own files only, as in a content-addressed store."""
    return digest(*(f"{name}={content}" for name, content in sorted(files)))


SIZE_GB = {"base": 4.0, "torch": 5.0, "app": 0.1}  # assumed, compressed


def image(app):
    return {
        "base": layer(("os", "debian12"), ("cuda", "13.0")),
        "torch": layer(("torch", "2.9")),
        "app": layer(("app", app)),
    }


first, second = image("v1"), image("v2")
shared = [name for name in first if first[name] == second[name]]
print("digests of two images that differ in the application")
for name in first:
    print(f"  {name:<6} {first[name]}  {second[name]}  {'shared' if name in shared else 'new'}")
print(f"layers shared: {len(shared)} of {len(first)}")


def rebuilt(order, changed):
    """Build cache: a step's key covers the step before it, so a change rebuilds all that follows."""
    def keys(version):
        key, result = "", []
        for step in order:
            key = digest(key, step, version if step == changed else "same")
            result.append(key)
        return result

    return [step for step, old, new in zip(order, keys("v1"), keys("v2")) if old != new]


print("\nsteps built again when the application changes")
for order in (("base", "torch", "app"), ("base", "app", "torch")):
    steps = rebuilt(order, "app")
    size = sum(SIZE_GB[step] for step in steps)
    print(f"  {' -> '.join(order):<22} {', '.join(steps):<11} {size:.1f} GB new")

NODES, REGISTRY_GBPS, NODE_GBPS = 64, 25, 25  # nodes that pull at once; rates in Gb/s (assumed)
READ_SHARE = 0.064  # of pulled data that a start reads, Harter et al., 2016
whole = sum(SIZE_GB.values())
print(f"\n{NODES} nodes pull, registry {REGISTRY_GBPS} Gb/s in all, each node {NODE_GBPS} Gb/s, at best")
for label, size in (("whole image", whole), ("only what a start reads", whole * READ_SHARE), ("application layer", SIZE_GB["app"])):
    print(f"  {label:<24} {size:.2f} GB each  {NODES * size * 8 / REGISTRY_GBPS:>6.1f} s")
peers = max(whole * 8 / REGISTRY_GBPS, (NODES - 1) / NODES * whole * 8 / NODE_GBPS)
print(f"  {'whole image, from peers':<24} {whole:.2f} GB each  {peers:>6.1f} s, one copy from the registry")

MIN_DRIVER = {11: 450, 12: 525, 13: 580}  # NVIDIA's minor version compatibility table


def runs(toolkit, driver):
    """Without a compatibility package: the driver must reach the minimum of the toolkit's major release."""
    return driver >= MIN_DRIVER[int(toolkit.split(".")[0])]


print("\nimage built with / host driver branch")
for toolkit in ("12.4", "12.9", "13.0"):
    cells = "  ".join(f"{driver}: {'starts' if runs(toolkit, driver) else 'fails ':<6}" for driver in (535, 570, 580))
    print(f"  CUDA {toolkit}  {cells}")
