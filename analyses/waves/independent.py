#!/usr/bin/env python3
"""Computes the claims of reported.toml with pandas, SciPy, statsmodels, krippendorff and R, from the files that Canvass reads.

    python3 independent.py           writes reported.toml beside this script
    python3 independent.py --check   says whether reported.toml is what it writes

Each claim carries the very expression that gave its value. `m` holds those who are linked, a row for each person, columns of the first
wave ending in _b and of the second in _a; R reads the same table. How people are linked is written here once more, on purpose.
"""

import io
import pathlib
import shutil
import subprocess
import sys

import krippendorff
import numpy as np
import pandas as pd
import scipy
import statsmodels
from scipy import stats
from statsmodels.stats.contingency_tables import SquareTable
from statsmodels.stats.inter_rater import cohens_kappa

HERE = pathlib.Path(__file__).resolve().parent
FOLDER = HERE / "../../fixtures/waves"
POINTS = ["Not at all", "Slightly", "Moderately", "Very", "Extremely"]
ANSWERS = ["conf_history", "conf_exam", "conf_plan", "met", "setting", "hours"]
VERSIONS = {"pandas": "pandas 3.1.1", "scipy": "SciPy 1.17.1", "statsmodels": "statsmodels 0.15.0", "krippendorff": "krippendorff 0.9.0", "R": "R 4.2.2"}

# Id, sentence, finding, form, tool, expression. A form with a base or two limits takes two values, the others one.
CLAIMS = [
    ("known", "{} people are known by a key.", "course/pairs", "count", "pandas", "len(known)"),
    ("linked", "{} of {} of them answered in both waves.", "course/both-answered", "count of", "pandas", "len(m), len(known)"),
    ("linked-interval", "{} to {} (95% interval).", "course/both-answered", "interval", "R", "sprintf('%.3f', prop.test(nrow(m), 34, correct = FALSE)$conf.int)"),
    ("only-before", "{} of {} are in the first wave alone.", "course/only/before", "count of", "pandas", "len(alone_b), len(known)"),
    ("only-after", "{} of {} are in the second wave alone.", "course/only/after", "count of", "pandas", "len(alone_a), len(known)"),
    ("unclear", "{} of {} keys are of several responses.", "course/unclear", "count of", "pandas", "len(unclear), len(known)"),
    ("no-key-before", "{} responses of the first wave have no key.", "course/side/before/no-key", "count", "pandas", "(pre.key == '').sum()"),
    ("no-key-after", "{} response of the second wave has no key.", "course/side/after/no-key", "count", "pandas", "(post.key == '').sum()"),
    # Confidence.
    ("history-before", "Confidence in taking a history was {} on average before.", "course/confidence/history/before/mean", "number", "pandas", "f'{m.conf_history_b.mean():.4f}'"),
    ("history-after", "Confidence in taking a history was {} on average after.", "course/confidence/history/after/mean", "number", "R", "sprintf('%.4f', mean(m$conf_history_a))"),
    ("history-higher", "It rose in {} of {} people.", "course/confidence/history/higher", "count of", "pandas", "(m.conf_history_a > m.conf_history_b).sum(), (m.conf_history_a + m.conf_history_b).count()"),
    ("history-lower", "It fell in {} of {} people.", "course/confidence/history/lower", "count of", "R", "c(sum(m$conf_history_a < m$conf_history_b), nrow(m))"),
    ("history-v", "The signed-rank statistic is {}.", "course/confidence/history/test", "statistic", "R", "wilcox.test(m$conf_history_a, m$conf_history_b, paired = TRUE, exact = FALSE)$statistic"),
    ("history-p", "Its exact p-value is {}.", "course/confidence/history/test", "p", "scipy", "f'{signed_rank(m.conf_history_a - m.conf_history_b):.4f}'"),
    ("history-holm", "Among the six tests it is {}.", "course/confidence/history/test", "adjusted-p", "scipy", "f'{holm()[0]:.4f}'"),
    ("exam-p", "For examining a patient the exact p-value is {}.", "course/confidence/exam/test", "p", "scipy", "f'{signed_rank(m.conf_exam_a - m.conf_exam_b):.4f}'"),
    ("plan-p", "For making a plan the exact p-value is {}.", "course/confidence/plan/test", "p", "scipy", "f'{signed_rank(m.conf_plan_a - m.conf_plan_b):.4f}'"),
    ("plan-v", "For making a plan the signed-rank statistic is {}.", "course/confidence/plan/test", "statistic", "R", "wilcox.test(m$conf_plan_a, m$conf_plan_b, paired = TRUE, exact = FALSE)$statistic"),
    ("plan-net", "{} more rose than fell, as a share.", "course/confidence/plan/effect", "number", "pandas", "f'{(np.sign((m.conf_plan_a - m.conf_plan_b).dropna())).mean():.4f}'"),
    # Yes or no, and three settings.
    ("met-before", "{} of {} had met a mentor before.", "course/met/before/yes", "count of", "pandas", "(m.met_b == 'Yes').sum(), len(m)"),
    ("met-after", "{} of {} had met a mentor after.", "course/met/after/yes", "count of", "R", "c(sum(m$met_a == 'Yes'), nrow(m))"),
    ("met-p", "The exact McNemar test gives {}.", "course/met/test", "p", "R", "sprintf('%.4f', {b <- sum(m$met_b == 'Yes' & m$met_a == 'No'); c <- sum(m$met_b == 'No' & m$met_a == 'Yes'); binom.test(b, b + c)$p.value})"),
    ("met-holm", "Among the six tests it is {}.", "course/met/test", "adjusted-p", "scipy", "f'{holm()[3]:.4f}'"),
    ("setting-statistic", "The Stuart-Maxwell statistic of the preferred setting is {}.", "course/setting/test", "statistic", "statsmodels", "f'{homogeneity.statistic:.4f}'"),
    ("setting-p", "Its p-value is {}.", "course/setting/test", "p", "statsmodels", "f'{homogeneity.pvalue:.4f}'"),
    # Hours.
    ("hours-difference", "Hours of study rose by {} on average.", "course/hours/difference", "number", "pandas", "f'{(m.hours_a - m.hours_b).mean():.4f}'"),
    ("hours-interval", "{} to {} (95% interval).", "course/hours/difference", "interval", "R", "sprintf('%.4f', t.test(m$hours_a, m$hours_b, paired = TRUE)$conf.int)"),
    ("hours-t", "t is {}.", "course/hours/test", "statistic", "R", "sprintf('%.4f', t.test(m$hours_a, m$hours_b, paired = TRUE)$statistic)"),
    ("hours-p", "Its p-value is {}.", "course/hours/test", "p", "scipy", "f'{stats.ttest_rel(m.hours_a, m.hours_b, nan_policy=\"omit\").pvalue:.6f}'"),
    ("hours-d-z", "d over the standard deviation of the changes is {}.", "course/hours/d-z", "number", "R", "sprintf('%.4f', {d <- na.omit(m$hours_a - m$hours_b); mean(d) / sd(d)})"),
    ("hours-d-av", "d over the average standard deviation is {}.", "course/hours/effect", "number", "R", "sprintf('%.4f', {x <- na.omit(m[, c('hours_b', 'hours_a')]); mean(x$hours_a - x$hours_b) / ((sd(x$hours_a) + sd(x$hours_b)) / 2)})"),
    # Agreement of the two waves.
    ("history-agreement", "{} of {} gave the same answer twice.", "course/confidence/history/agreement", "count of", "pandas", "(m.conf_history_a == m.conf_history_b).sum(), len(m)"),
    ("history-weighted", "Kappa with quadratic weights is {}.", "course/confidence/history/weighted-kappa", "number", "statsmodels", "f'{cohens_kappa(square(\"conf_history\"), wt=\"quadratic\").kappa:.4f}'"),
    ("history-weighted-interval", "{} to {} (95% interval).", "course/confidence/history/weighted-kappa", "interval", "statsmodels", "tuple(f'{limit:.4f}' for limit in (lambda k: (k.kappa_low, k.kappa_upp))(cohens_kappa(square('conf_history'), wt='quadratic')))"),
    ("history-kappa", "Kappa without weights is {}.", "course/confidence/history/kappa", "number", "statsmodels", "f'{cohens_kappa(square(\"conf_history\")).kappa:.4f}'"),
    ("history-alpha", "Krippendorff's ordinal alpha is {}.", "course/confidence/history/krippendorff-alpha", "number", "krippendorff", "f'{krippendorff.alpha(m[[\"conf_history_b\", \"conf_history_a\"]].T.to_numpy(), level_of_measurement=\"ordinal\"):.4f}'"),
    ("exam-alpha", "For examining a patient alpha is {}.", "course/confidence/exam/krippendorff-alpha", "number", "krippendorff", "f'{krippendorff.alpha(m[[\"conf_exam_b\", \"conf_exam_a\"]].dropna().T.to_numpy(), level_of_measurement=\"ordinal\"):.4f}'"),
    ("setting-agreement", "{} of {} preferred the same setting twice.", "course/setting/agreement", "count of", "pandas", "(m.setting_b == m.setting_a).sum(), m[['setting_b', 'setting_a']].dropna().shape[0]"),
    ("setting-kappa", "Kappa of the preferred setting is {}.", "course/setting/kappa", "number", "statsmodels", "f'{cohens_kappa(settings).kappa:.4f}'"),
    ("setting-expected", "By chance {} would be alike.", "course/setting/concordance-expected", "number", "R", "sprintf('%.4f', {t <- table(na.omit(m[, c('setting_b', 'setting_a')])); sum(rowSums(t) * colSums(t)) / sum(t)^2})"),
    ("setting-concordance", "The exact test of as many alike gives {}.", "course/setting/concordance-test", "p", "pandas", "f'{as_many_alike(settings):.11f}'"),
]

HEAD = """# Written by independent.py from ../../fixtures/waves; do not edit by hand.
# Each claim is a number that another tool computed, with the expression that gave it.

[source]
citation = "Computed for this study with pandas, SciPy, statsmodels, krippendorff and R; the answers are made up."
reading = [
  "`m` holds those who are linked, columns of the first wave ending in _b and of the second in _a. Points of the scale score 1 to 5.",
  "`signed_rank` is scipy.stats.permutation_test(permutation_type='samples') over all signs of the midranks of changes that are not zero.",
  "`holm` adjusts the six p-values by statsmodels' multipletests(method='holm'); `as_many_alike` adds up all tables of the margins.",
]
"""


def wave(name):
    rows = pd.read_csv(FOLDER / name, dtype=str, keep_default_na=False)
    rows["key"] = rows.code.str.replace(" ", "").str.lower()
    rows["filled"] = (rows[ANSWERS] != "").sum(axis=1)
    return rows


def linked():
    pre, post = wave("pre.csv"), wave("post.csv")
    # A second response of one person: the fuller one is kept. By the code as it is written.
    fullest = post.sort_values("filled", ascending=False, kind="stable").drop_duplicates("code")
    post = post[post.index.isin(fullest.index) | (post.code == "")]
    post = post[post.filled >= 0.5 * len(ANSWERS)]
    keys = [set(rows.key) - {""} for rows in (pre, post)]
    repeated = [set(rows.key[rows.key.duplicated() & (rows.key != "")]) for rows in (pre, post)]
    unclear = repeated[0] | repeated[1]
    both = (keys[0] & keys[1]) - unclear
    at = lambda rows: rows[rows.key.isin(both)].set_index("key").sort_index()[ANSWERS].replace("", np.nan)
    m = at(pre).add_suffix("_b").join(at(post).add_suffix("_a"))
    for column in m.columns:
        if column.startswith("conf"):
            m[column] = m[column].map({label: score for score, label in enumerate(POINTS, 1)}).astype(float)
        if column.startswith("hours"):
            m[column] = m[column].astype(float)
    return dict(pre=pre, post=post, m=m, known=keys[0] | keys[1], unclear=unclear, alone_b=keys[0] - keys[1] - unclear, alone_a=keys[1] - keys[0] - unclear)


def signed_rank(changes):
    changes = changes.dropna().to_numpy()
    changes = changes[changes != 0]
    ranks = stats.rankdata(np.abs(changes))
    signed = ranks * np.sign(changes)
    result = stats.permutation_test((signed,), lambda x, axis: np.sum(x, axis=axis), permutation_type="samples", n_resamples=np.inf, vectorized=True)
    return result.pvalue


def as_many_alike(table):
    """Two-sided by distance, over all three by three tables of the margins."""
    table = np.asarray(table)
    rows, columns, n = table.sum(1), table.sum(0), int(table.sum())
    log = lambda k: float(scipy.special.gammaln(k + 1))
    fixed = sum(map(log, rows)) + sum(map(log, columns)) - log(n)
    mean, observed, p = sum(rows * columns) / n, np.trace(table), 0.0
    for a in range(min(rows[0], columns[0]) + 1):
        for b in range(min(rows[0] - a, columns[1]) + 1):
            for d in range(min(rows[1], columns[0] - a) + 1):
                for e in range(min(rows[1] - d, columns[1] - b) + 1):
                    c, f = rows[0] - a - b, rows[1] - d - e
                    g, h, i = columns[0] - a - d, columns[1] - b - e, columns[2] - c - f
                    if min(c, f, g, h, i) >= 0 and abs(a + e + i - mean) >= abs(observed - mean) - 1e-9:
                        p += float(np.exp(fixed - sum(map(log, (a, b, c, d, e, f, g, h, i)))))
    return p


def scope():
    names = linked()
    m = names["m"]
    square = lambda item: pd.crosstab(m[f"{item}_b"], m[f"{item}_a"]).reindex(index=range(1, 6), columns=range(1, 6), fill_value=0).to_numpy()
    order = ["Clinic", "Ward", "Either"]
    settings = pd.crosstab(m.setting_b, m.setting_a).reindex(index=order, columns=order, fill_value=0).to_numpy()
    homogeneity = SquareTable(settings, shift_zeros=False).homogeneity()

    def holm():
        up, down = ((m.met_b == "No") & (m.met_a == "Yes")).sum(), ((m.met_b == "Yes") & (m.met_a == "No")).sum()
        p = [signed_rank(m[f"{item}_a"] - m[f"{item}_b"]) for item in ANSWERS[:3]]
        p += [stats.binomtest(up, up + down).pvalue, homogeneity.pvalue, stats.ttest_rel(m.hours_a, m.hours_b, nan_policy="omit").pvalue]
        from statsmodels.stats.multitest import multipletests
        return multipletests(p, method="holm")[1]

    return names | dict(np=np, pd=pd, stats=stats, krippendorff=krippendorff, cohens_kappa=cohens_kappa, square=square, settings=settings, homogeneity=homogeneity, signed_rank=signed_rank, as_many_alike=as_many_alike, holm=holm)


def with_python(expressions, names):
    values = [eval(expression, names) for expression in expressions]
    return [[str(part) for part in (value if isinstance(value, tuple) else (value,))] for value in values]


def with_r(expressions, m):
    rscript = shutil.which("Rscript")
    if rscript is None:
        sys.exit("Rscript is not there; it computes some of the claims")
    table = io.StringIO()
    m.to_csv(table, index=False)
    lines = ["m <- read.csv(file('stdin'), na.strings = '')"] + [f"cat({expression}, '\\n')" for expression in expressions]
    run = subprocess.run([rscript, "-e", "\n".join(lines)], input=table.getvalue(), capture_output=True, text=True, check=True)
    return [value.split() for value in run.stdout.splitlines()]


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def reported():
    names = scope()
    of_python = [claim[5] for claim in CLAIMS if claim[4] != "R"]
    of_r = [claim[5] for claim in CLAIMS if claim[4] == "R"]
    values = dict(zip(of_python, with_python(of_python, names))) | dict(zip(of_r, with_r(of_r, names["m"])))
    parts = [HEAD]
    for name, text, finding, form, tool, expression in CLAIMS:
        value = values[expression]
        says = {
            "count": "{{ count = {0} }}",
            "count of": "{{ count = {0}, of = {1} }}",
            "number": '{{ number = "{0}" }}',
            "p": '{{ p = "{0}" }}',
            "adjusted-p": '{{ adjusted-p = "{0}" }}',
            "statistic": '{{ statistic = "{0}" }}',
            "interval": '{{ interval = ["{0}", "{1}"] }}',
        }[form].format(*value)
        parts.append(
            f"[[claim]]\nid = {quoted(name)}\ntext = {quoted(text.format(*value))}\nfinding = {quoted(finding)}\n"
            f"says = {says}\nmade-with = {quoted(f'{VERSIONS[tool]}: {expression}')}\n"
        )
    return "\n".join(parts)


def main():
    path, new = HERE / "reported.toml", reported()
    if sys.argv[1:] == ["--check"]:
        if not path.exists() or path.read_text(encoding="utf-8") != new:
            sys.exit("reported.toml is not what this script writes")
        print(f"{len(CLAIMS)} claims, as written by this script")
    elif not sys.argv[1:]:
        path.write_text(new, encoding="utf-8", newline="\n")
        print(f"{len(CLAIMS)} claims written")
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
