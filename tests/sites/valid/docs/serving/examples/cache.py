"""Bytes of a cache."""

LAYERS = 32  # fact:tiny.layers
print(2 * LAYERS)
