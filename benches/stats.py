"""The comparisons of benches/stats.rs in NumPy and SciPy: `name seconds statistic` per line, medians of 3 runs."""
import statistics
import sys
import time

try:
    import numpy as np
    import scipy
    from scipy import stats
except ImportError as error:
    sys.exit(f"NumPy and SciPy are needed: {error}")

print(f"Python {sys.version.split()[0]}, NumPy {np.__version__}, SciPy {scipy.__version__}")


def read(name):
    return np.fromfile(f"{sys.argv[1]}/{name}", dtype="<f8")


def timed(name, work, runs=3):
    seconds = []
    for _ in range(runs):
        start = time.perf_counter()
        value = work()
        seconds.append(time.perf_counter() - start)
    print(name, statistics.median(seconds), repr(float(value)), flush=True)


first, second = read("first"), read("second")
timed("mann_whitney", lambda: stats.mannwhitneyu(first, second, method="asymptotic").pvalue)

five, continuous = (read("five_x"), read("five_y")), (read("continuous_x"), read("continuous_y"))
timed("tau_five", lambda: stats.kendalltau(*five, method="asymptotic").statistic)
timed("tau_continuous", lambda: stats.kendalltau(*continuous, method="asymptotic").statistic)

rows = (read("rows_x"), read("rows_y"))


def chisq():
    table = stats.contingency.crosstab(*rows).count
    stats.contingency.association(table, method="cramer")
    return stats.chi2_contingency(table, correction=False).statistic


timed("chisq", chisq)

ranks = read("rankings").reshape(-1, 10).astype(int)


def plackett_luce():
    """No package fits Plackett-Luce here: the MM algorithm of Hunter (2004) over all rankings at once, without errors."""
    order = np.argsort(ranks, axis=1)
    n, m = order.shape
    wins = np.full(m, n, dtype=float) - np.bincount(order[:, -1], minlength=m)
    worth = np.full(m, 1.0 / m)
    for _ in range(200):
        by_place = worth[order]
        left = np.cumsum(by_place[:, ::-1], axis=1)[:, ::-1]
        shares = np.cumsum(1.0 / left[:, :-1], axis=1)
        shares = np.concatenate([shares, shares[:, -1:]], axis=1)
        new = wins / np.bincount(order.ravel(), weights=shares.ravel(), minlength=m)
        new /= new.sum()
        step = np.abs(np.log(new / worth)).max()
        worth = new
        if step < 1e-10:
            break
    return np.log(worth[9] / worth[0])


timed("plackett_luce", plackett_luce)


def exact():
    """SciPy has no exact test with ties: the distribution of the first group's doubled midranks, one person a step."""
    x, y = read("small_x"), read("small_y")
    doubled = (2 * stats.rankdata(np.concatenate([x, y]))).astype(int)
    size, total = len(x), int(doubled.sum())
    ways = np.zeros((size + 1, total // 2 + 301 * len(x)))
    ways = ways[:, : int(np.sort(doubled)[-size:].sum()) + 1]
    ways[0, 0] = 1.0
    for score in doubled:
        # Shares instead of counts keep the numbers in range.
        ways[1:, score:] += ways[:-1, : ways.shape[1] - score].copy()
        ways *= 0.5
    shares = ways[size] / ways[size].sum()
    observed = int(doubled[:size].sum())
    centre = size * total / len(doubled)
    far = np.abs(np.arange(len(shares)) - centre) >= abs(observed - centre) - 1e-9
    return shares[far].sum()


timed("exact", exact)

people = read("people")
timed(
    "bca",
    lambda: stats.bootstrap(
        (people,), np.mean, n_resamples=10_000, batch=1_000, method="BCa", random_state=1
    ).confidence_interval.low,
)
