"""Links: what a rendered page holds, and whether the reader gets there."""
