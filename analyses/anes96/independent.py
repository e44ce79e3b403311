#!/usr/bin/env python3
"""Computes the claims of reported.toml with pandas and R, from the same file that Canvass reads.

    python3 independent.py           writes reported.toml beside this script
    python3 independent.py --check   says whether reported.toml is what it writes

Each claim carries the very expression that gave its value: `df` is the file read by pandas, `d` the same read by R.
Made with the versions named below; other versions are said on standard error, and their values must be the same.
"""

import pathlib
import shutil
import subprocess
import sys

import pandas as pd

HERE = pathlib.Path(__file__).resolve().parent
DATA = HERE / "../../fixtures/anes96/anes96.csv"
PANDAS, R = "3.1.1", "4.2.2"

# Id, sentence, finding, form, tool, expression. A form with a base takes two values, the others one.
CLAIMS = [
    ("n", "The file holds {} people.", "voters/vote/answered", "count", "pandas", "len(df)"),
    ("n-clinton", "{} expected to vote for Clinton.", "clinton/age/answered", "count", "pandas", "(df.vote == 0).sum()"),
    ("n-dole", "{} expected to vote for Dole.", "dole/age/answered", "count", "R", "sum(d$vote == 1)"),
    ("vote-clinton", "{} of {} expected to vote for Clinton.", "voters/vote/clinton", "count of", "pandas", "(df.vote == 0).sum(), len(df)"),
    ("vote-clinton-percent", "{}% of {} expected to vote for Clinton.", "voters/vote/clinton", "percent of", "pandas", "f'{100 * (df.vote == 0).mean():.1f}', df.vote.count()"),
    ("vote-dole-percent", "{}% of {} expected to vote for Dole.", "voters/vote/dole", "percent of", "R", "c(sprintf('%.1f', 100 * mean(d$vote)), length(d$vote))"),
    # Where people placed themselves and the candidates.
    ("self-mean", "People placed themselves at {} on average, from 1 (extremely liberal) to 7.", "voters/leaning/self/mean", "number", "pandas", "f'{df.selfLR.mean():.4f}'"),
    ("self-sd", "The standard deviation of their own leaning is {}.", "voters/leaning/self/sd", "number", "pandas", "f'{df.selfLR.std():.4f}'"),
    ("self-median", "The median of their own leaning is {}.", "voters/leaning/self/median", "number", "pandas", "f'{df.selfLR.median():g}'"),
    ("self-q1", "The first quartile of their own leaning is {}.", "voters/leaning/self/q1", "number", "R", "quantile(d$selfLR, 0.25, type = 7)"),
    ("self-q3", "The third quartile of their own leaning is {}.", "voters/leaning/self/q3", "number", "R", "quantile(d$selfLR, 0.75, type = 7)"),
    ("self-extremely-liberal", "{} of {} called themselves extremely liberal.", "voters/leaning/self/extremely-liberal", "count of", "pandas", "(df.selfLR == 1).sum(), df.selfLR.count()"),
    ("self-moderate", "{} of {} called themselves moderate.", "voters/leaning/self/moderate", "count of", "pandas", "df.selfLR.value_counts()[4], df.selfLR.count()"),
    ("self-moderate-percent", "{}% of {} called themselves moderate.", "voters/leaning/self/moderate", "percent of", "R", "c(sprintf('%.1f', 100 * prop.table(table(d$selfLR))['4']), nrow(d))"),
    ("self-conservative", "{} of {} are on the conservative side of the middle.", "voters/leaning/self/top-box", "count of", "pandas", "(df.selfLR >= 5).sum(), len(df)"),
    ("of-clinton-mean", "Clinton was placed at {} on average.", "voters/leaning/of-clinton/mean", "number", "pandas", "f'{df.ClinLR.mean():.4f}'"),
    ("of-clinton-sd", "The standard deviation of where Clinton was placed is {}.", "voters/leaning/of-clinton/sd", "number", "R", "sprintf('%.4f', sd(d$ClinLR))"),
    ("of-clinton-median", "The median of where Clinton was placed is {}.", "voters/leaning/of-clinton/median", "number", "R", "median(d$ClinLR)"),
    ("of-dole-mean", "Dole was placed at {} on average.", "voters/leaning/of-dole/mean", "number", "pandas", "f'{df.DoleLR.mean():.4f}'"),
    ("of-dole-q1", "The first quartile of where Dole was placed is {}.", "voters/leaning/of-dole/q1", "number", "pandas", "f\"{df.DoleLR.quantile(0.25, interpolation='linear'):g}\""),
    ("of-dole-conservative-percent", "{}% of {} placed Dole at \"conservative\".", "voters/leaning/of-dole/conservative", "percent of", "pandas", "f'{100 * (df.DoleLR == 6).mean():.1f}', len(df)"),
    ("clinton-self-mean", "Clinton voters placed themselves at {}.", "clinton/leaning/self/mean", "number", "pandas", "f'{df[df.vote == 0].selfLR.mean():.4f}'"),
    ("dole-self-mean", "Dole voters placed themselves at {}.", "dole/leaning/self/mean", "number", "pandas", "f\"{df.groupby('vote').selfLR.mean()[1]:.4f}\""),
    ("dole-self-sd", "The standard deviation of the own leaning of Dole voters is {}.", "dole/leaning/self/sd", "number", "R", "sprintf('%.4f', tapply(d$selfLR, d$vote, sd)['1'])"),
    ("clinton-of-dole-mean", "Clinton voters placed Dole at {}.", "clinton/leaning/of-dole/mean", "number", "R", "sprintf('%.4f', mean(d$DoleLR[d$vote == 0]))"),
    ("dole-of-clinton-liberal", "{} of {} Dole voters placed Clinton at \"extremely liberal\".", "dole/leaning/of-clinton/extremely-liberal", "count of", "pandas", "((df.vote == 1) & (df.ClinLR == 1)).sum(), (df.vote == 1).sum()"),
    # Party. Codes run from 0 and scores from 1.
    ("party-strong-democrat", "{} of {} are strong Democrats.", "voters/party/strong-democrat", "count of", "pandas", "(df.PID == 0).sum(), df.PID.count()"),
    ("party-independent-percent", "{}% of {} are independent of both parties.", "voters/party/independent-independent", "percent of", "R", "c(sprintf('%.1f', 100 * mean(d$PID == 3)), nrow(d))"),
    ("party-mean", "The mean party identification is {}, from 1 (strong Democrat) to 7.", "voters/party/mean", "number", "pandas", "f'{(df.PID + 1).mean():.4f}'"),
    ("party-median", "The median party identification is {}.", "voters/party/median", "number", "R", "median(d$PID + 1)"),
    ("dole-party-republican", "{} of {} Dole voters lean to or are of the Republican party.", "dole/party/top-box", "count of", "pandas", "(df[df.vote == 1].PID >= 4).sum(), len(df[df.vote == 1])"),
    ("clinton-party-strong-republican", "{} of {} Clinton voters are strong Republicans.", "clinton/party/strong-republican", "count of", "R", "c(sum(d$PID[d$vote == 0] == 6), sum(d$vote == 0))"),
    # Education and income.
    ("education-median", "The median level of education is {} of 7.", "voters/education/median", "number", "pandas", "f'{df.educ.median():g}'"),
    ("education-degree-percent", "{}% of {} have a college degree or more.", "voters/education/top-box", "percent of", "pandas", "f'{100 * (df.educ >= 5).mean():.1f}', df.educ.count()"),
    ("education-high-school", "{} of {} are high school graduates and no more.", "voters/education/high-school-graduate", "count of", "R", "c(sum(d$educ == 3), nrow(d))"),
    ("clinton-education-degree", "{} of {} Clinton voters have a college degree or more.", "clinton/education/top-box", "count of", "pandas", "df[df.vote == 0].educ.ge(5).sum(), df[df.vote == 0].educ.count()"),
    ("income-median", "The median bracket of income is {} of 24.", "voters/income/median", "number", "pandas", "f'{df.income.median():g}'"),
    ("income-mean", "The mean bracket of income is {}.", "voters/income/mean", "number", "R", "sprintf('%.4f', mean(d$income))"),
    ("income-highest", "{} of {} are in the highest bracket of income.", "voters/income/105-000-and-over", "count of", "pandas", "(df.income == 24).sum(), df.income.count()"),
    # Numbers.
    ("tv-mean", "People watched television news on {} days a week.", "voters/tv-news/mean", "number", "pandas", "f'{df.TVnews.mean():.4f}'"),
    ("tv-sd", "The standard deviation of days with television news is {}.", "voters/tv-news/sd", "number", "R", "sprintf('%.4f', sd(d$TVnews))"),
    ("tv-q1", "The first quartile of days with television news is {}.", "voters/tv-news/q1", "number", "pandas", "f'{df.TVnews.quantile(0.25):g}'"),
    ("tv-q3", "The third quartile of days with television news is {}.", "voters/tv-news/q3", "number", "R", "quantile(d$TVnews, 0.75, type = 7)"),
    ("dole-tv-mean", "Dole voters watched television news on {} days a week.", "dole/tv-news/mean", "number", "pandas", "f'{df[df.vote == 1].TVnews.mean():.4f}'"),
    ("age-mean", "The mean age is {} years.", "voters/age/mean", "number", "pandas", "f'{df.age.mean():.4f}'"),
    ("age-sd", "The standard deviation of age is {}.", "voters/age/sd", "number", "pandas", "f'{df.age.std(ddof=1):.4f}'"),
    ("age-median", "The median age is {}.", "voters/age/median", "number", "R", "median(d$age)"),
    ("age-q1", "The first quartile of age is {}.", "voters/age/q1", "number", "R", "quantile(d$age, 0.25, type = 7)"),
    ("age-minimum", "The youngest is {}.", "voters/age/minimum", "number", "pandas", "df.age.min()"),
    ("age-maximum", "The oldest is {}.", "voters/age/maximum", "number", "R", "max(d$age)"),
    ("clinton-age-q3", "The third quartile of age of Clinton voters is {}.", "clinton/age/q3", "number", "pandas", "f'{df[df.vote == 0].age.quantile(0.75):g}'"),
    ("population-mean", "The mean population of the places where they live is {} thousand.", "voters/population/mean", "number", "pandas", "f'{df.popul.mean():.4f}'"),
    ("population-median", "The median population of these places is {} thousand.", "voters/population/median", "number", "R", "median(d$popul)"),
    ("population-sd", "The standard deviation of the population of these places is {} thousand.", "voters/population/sd", "number", "R", "sprintf('%.4f', sd(d$popul))"),
    # Those for Clinton against those for Dole. Six tests are one family: leaning three times, education, age, television.
    ("self-superiority", "A voter for Clinton stands right of one for Dole with a probability of {}.", "voters:vote/leaning/self/effect", "number", "R", "sprintf('%.4f', wilcox.test(selfLR ~ vote, d)$statistic / prod(table(d$vote)))"),
    ("self-p", "Own leaning by vote: p {}.", "voters:vote/leaning/self/test", "p", "R", "ifelse(wilcox.test(selfLR ~ vote, d)$p.value < .001, '<.001', '?')"),
    ("of-dole-p", "Leaning of Dole by vote: p = {}.", "voters:vote/leaning/of-dole/test", "p", "R", "sprintf('%.4f', wilcox.test(DoleLR ~ vote, d)$p.value)"),
    ("of-dole-adjusted", "Adjusted, it is {}.", "voters:vote/leaning/of-dole/test", "adjusted-p", "R", "sprintf('%.4f', p.adjust(c(sapply(c('selfLR', 'ClinLR', 'DoleLR', 'educ'), function(v) wilcox.test(d[[v]] ~ d$vote)$p.value), t.test(age ~ vote, d)$p.value, t.test(TVnews ~ vote, d)$p.value), 'holm')[3])"),
    ("education-by-vote-p", "Education by vote, in order: p = {}.", "voters:vote/education/test", "p", "R", "sprintf('%.4f', wilcox.test(educ ~ vote, d)$p.value)"),
    ("education-by-vote-delta", "Cliff's delta of education by vote is {}.", "voters:vote/education/delta", "number", "R", "sprintf('%.4f', 2 * wilcox.test(educ ~ vote, d)$statistic / prod(table(d$vote)) - 1)"),
    ("education-by-vote-uncorrected", "Without correction for continuity p = {}.", "voters:vote/education/defaults/spss", "p", "R", "sprintf('%.4f', wilcox.test(educ ~ vote, d, correct = FALSE)$p.value)"),
    ("age-by-vote-t", "Welch's t of age by vote is {}.", "voters:vote/age/test", "statistic", "R", "sprintf('%.4f', t.test(age ~ vote, d)$statistic)"),
    ("age-by-vote-p", "Welch's t test of age by vote: p = {}.", "voters:vote/age/test", "p", "R", "sprintf('%.4f', t.test(age ~ vote, d)$p.value)"),
    ("age-by-vote-difference", "The difference of mean ages lies between {} and {} years.", "voters:vote/age/difference", "interval", "R", "sprintf('%.4f', t.test(age ~ vote, d)$conf.int)"),
    ("age-by-vote-pooled", "With equal variances p = {}.", "voters:vote/age/defaults/spss", "p", "R", "sprintf('%.4f', t.test(age ~ vote, d, var.equal = TRUE)$p.value)"),
    ("age-by-vote-g", "Hedges' g of age by vote is {}.", "voters:vote/age/effect", "number", "R", "{ x <- split(d$age, d$vote); n <- lengths(x); m <- sum(n) - 2; s <- sqrt(sum((n - 1) * sapply(x, var)) / m); sprintf('%.4f', (mean(x[[1]]) - mean(x[[2]])) / s * exp(lgamma(m / 2) - log(sqrt(m / 2)) - lgamma((m - 1) / 2))) }"),
    ("tv-by-vote-p", "Welch's t test of television news by vote: p = {}.", "voters:vote/tv-news/test", "p", "R", "sprintf('%.4f', t.test(TVnews ~ vote, d)$p.value)"),
    ("tv-by-vote-adjusted", "Adjusted, it is {}.", "voters:vote/tv-news/test", "adjusted-p", "R", "sprintf('%.4f', max(p.adjust(c(sapply(c('selfLR', 'ClinLR', 'DoleLR', 'educ'), function(v) wilcox.test(d[[v]] ~ d$vote)$p.value), t.test(age ~ vote, d)$p.value, t.test(TVnews ~ vote, d)$p.value), 'holm')))"),
    ("education-table-p", "Pearson's chi-square test of education and vote: p = {}.", "voters:vote/table/education/test", "p", "R", "sprintf('%.4f', chisq.test(table(d$educ, d$vote))$p.value)"),
    ("education-table-v", "Cramer's V of education and vote without its bias is {}.", "voters:vote/table/education/effect", "number", "R", "{ x <- table(d$educ, d$vote); n <- sum(x); f <- chisq.test(x)$statistic / n; k <- (7 - 1) / (n - 1); sprintf('%.4f', sqrt(max(0, f - k) / (2 - 1 / (n - 1) - 1))) }"),
    ("education-table-residual", "The adjusted residual of Clinton voters with a PhD is {}.", "voters:vote/table/education/phd/clinton/residual", "number", "R", "sprintf('%.4f', chisq.test(table(d$educ, d$vote))$stdres[7, 1])"),
    ("education-table-cell", "{} of {} Clinton voters have a PhD.", "voters:vote/table/education/phd/clinton/column", "count of", "pandas", "pd.crosstab(df.educ, df.vote).loc[7, 0], (df.vote == 0).sum()"),
]

HEAD = """# Written by independent.py from ../../fixtures/anes96/anes96.csv; do not edit by hand.
# Each claim is a number that another tool computed, with the expression that gave it.

[source]
citation = "Computed for this study with pandas and R; nobody published these numbers of the extract."
reading = [
  "Quartiles are of type 7 (R's default, pandas' linear interpolation); standard deviations have n - 1 below.",
  "A point of a scale scores its position from 1. Party identification is coded from 0 in the file, so 1 is added to its codes.",
  "`df` is the file read by pandas.read_csv, `d` the same read by R's read.csv; neither is weighted.",
]
"""


def with_pandas(expressions):
    if pd.__version__ != PANDAS:
        print(f"made with pandas {PANDAS}, running {pd.__version__}", file=sys.stderr)
    df = pd.read_csv(DATA)
    values = [eval(expression, {"df": df, "pd": pd}) for expression in expressions]
    return [[str(part) for part in (value if isinstance(value, tuple) else (value,))] for value in values]


def with_r(expressions):
    rscript = shutil.which("Rscript")
    if rscript is None:
        sys.exit("Rscript is not there; it computes some of the claims")
    lines = ["cat(as.character(getRversion()), '\\n')", f'd <- read.csv("{DATA.as_posix()}")']
    lines += [f"cat({expression}, '\\n')" for expression in expressions]
    run = subprocess.run([rscript, "-e", "\n".join(lines)], capture_output=True, text=True, check=True)
    version, *values = run.stdout.splitlines()
    if version.strip() != R:
        print(f"made with R {R}, running {version.strip()}", file=sys.stderr)
    return [value.split() for value in values]


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def reported():
    of_tool = {tool: [claim[5] for claim in CLAIMS if claim[4] == tool] for tool in ("pandas", "R")}
    values = {
        "pandas": dict(zip(of_tool["pandas"], with_pandas(of_tool["pandas"]))),
        "R": dict(zip(of_tool["R"], with_r(of_tool["R"]))),
    }
    versions = {"pandas": f"pandas {PANDAS}", "R": f"R {R}"}
    parts = [HEAD]
    for name, text, finding, form, tool, expression in CLAIMS:
        value = values[tool][expression]
        says = {
            "count": "{{ count = {0} }}",
            "count of": "{{ count = {0}, of = {1} }}",
            "percent of": '{{ percent = "{0}", of = {1} }}',
            "number": '{{ number = "{0}" }}',
            "p": '{{ p = "{0}" }}',
            "adjusted-p": '{{ adjusted-p = "{0}" }}',
            "statistic": '{{ statistic = "{0}" }}',
            "interval": '{{ interval = ["{0}", "{1}"] }}',
        }[form].format(*value)
        parts.append(
            f"[[claim]]\nid = {quoted(name)}\ntext = {quoted(text.format(*value))}\nfinding = {quoted(finding)}\n"
            f"says = {says}\nmade-with = {quoted(f'{versions[tool]}: {expression}')}\n"
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
