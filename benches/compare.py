"""The work of benches/compare.rs with pandas and SciPy: compare.py FILE ROWS ITEMS.

The file holds one byte for each answer, item after item, 0 for none; the first half of the rows is the first group."""

import sys
import time

import numpy
import pandas
from scipy.stats import mannwhitneyu


def main(path, rows, items):
    answers = numpy.fromfile(path, dtype=numpy.uint8).reshape(items, rows)
    frame = pandas.DataFrame({f"q{item}": answers[item] for item in range(items)})
    frame["group"] = numpy.arange(rows) >= rows // 2
    start = time.perf_counter()
    found = []
    for item in range(items):
        given = frame[frame[f"q{item}"] > 0]
        sides = given.groupby("group")[f"q{item}"]
        described = sides.describe()
        first, second = (side.to_numpy() for _, side in sides)
        test = mannwhitneyu(first, second, method="asymptotic")
        found.append((test.pvalue, test.statistic / (len(first) * len(second)), described))
    print(time.perf_counter() - start)
    print(" ".join(f"{p:.12e}" for p, _, _ in found))


main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
