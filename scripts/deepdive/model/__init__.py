"""The kinds of row, one module each, and the catalog that holds them."""
