"""Reads a CSV with every cell as text, and says how many rows and columns there are: polars or pandas."""

import sys

which, path = sys.argv[1:]
if which == "polars":
    import polars

    table = polars.read_csv(path, infer_schema=False, truncate_ragged_lines=True)
elif which == "pandas":
    import pandas

    table = pandas.read_csv(path, dtype=str, keep_default_na=False)
else:
    sys.exit(f"no reader {which}")
print(table.shape[0], table.shape[1])
