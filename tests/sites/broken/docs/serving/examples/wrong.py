"""Numbers that left their table."""

BANDWIDTH = 3.0  # TB/s, fact:odd.memory_bandwidth
NOTHING = 1  # fact:odd.memory_bandwith
