"""Writes the claims of the three studies of this folder from the tables that the surveys' authors published.

Usage: python3 claims.py [--check]

Every number comes from a published table; of the answers only the header row is read, to know which question a table is
about. A number that several tables print is claimed once and names them. What is not claimed stands in LEFT_OUT with
the reason, and each reason becomes a claim that is bound to nothing. `--check` writes nothing and says whether the
committed files are what this program writes.
"""

import csv
import json
import os
import re
import sys
import tomllib
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

HERE = Path(__file__).resolve().parent
CORPUS = Path(os.environ.get("CANVASS_CORPUS", HERE / "../../../../shared/data")) / "limesurvey-rse"
SURVEYS = {
    "uk-2016": ("2016_uk", "United Kingdom, 2016"),
    "nl-2017": ("2017_nl", "Netherlands, 2017"),
    "zaf-2017": ("2017_zaf", "South Africa, 2017"),
}

# Percents are published as a computer's floating point numbers: the last of their 16 digits are not the percent's.
DECIMALS = 10

NOT_PUBLIC = "the public data have no column of the question"
LISTED = "the table lists what each person answered, and counts nothing"
NEVER = "the data hold Never with and without a blank behind it, and the table counts those without it only"
OF_THE_ROW = (
    "the table divides each count by the sum of its row, which adds the answers to several questions, or the ranks of"
    " one item; the numbers follow from the counts of the table of the same name, which are claimed"
)
# What is left out of each survey: tables, or of a table a row or a column, as "table/row/column".
LEFT_OUT = {
    "uk-2016": {
        r"(contact16a|currentEmp[246])(\[PERC\])?/.*": NOT_PUBLIC,
        r"currentEmp1(1|6a)/.*": LISTED,
        r"currentEmp16a\[PERC\]/.*": "the table of a year has the percents of a yes or no, of more people than the data have",
        r"paper1_2_4_5(\[PERC\])?/.*": "the table counts 592 people, and the public data have 273",
        r".*(perfCheck|turnOver).*/Never/.*": NEVER,
        r"stability1/5\+/.*": "the table counts nobody at 5+, which 21 people answered, in the data as 5.0",
        r"stability1\[PERC\]/.*": "the base of the percents is 250 people, without the 21 at 5+",
    },
    "nl-2017": {
        r"(currentEmp[24]|socio[234])(\[PERC\])?/.*": NOT_PUBLIC,
        r"(currentEmp11|proj1can|soft1can|train2)/.*": LISTED,
    },
    "zaf-2017": {
        r"(disa1|socio[2345])(\[PERC\])?/.*": NOT_PUBLIC,
        r"(currentEmp11|proj[12](can|zaf)|soft1can|train2)/.*": LISTED,
        r"paper1_2_3_4\[PERC\]/paper3\. .*/No": "62.5 is printed as 62: rounded half to even, where we round half up",
        r"time1can_.*_9zaf/.*like to spend on programming\?.*": "the row is empty; the same counts stand in time6zaf_7zaf_8zaf_9zaf",
    },
}


def rows_of(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return [row for row in csv.reader(file) if row]


def folded(text):
    """A label or wording without what differs from table to table: blanks, the mark of percents, empty brackets."""
    return " ".join(text.replace("[PERCENTAGE]", "").replace("[]", "").split())


def slug(label):
    """The words of a label, at most 48 characters of them."""
    name = ""
    for word in re.findall(r"[^\W_]+", re.sub("['’]", "", label.lower())):
        longer = f"{name}-{word}" if name else word
        if len(longer) > 48:
            break
        name = longer
    return name or "blank"


def ids_of(labels):
    """The names of levels in the ids of findings, by their labels."""
    ids = {}
    for label in labels:
        name, number = slug(label), 2
        while name in ids.values():
            name, number = f"{slug(label)}-{number}", number + 1
        ids[folded(label)] = name
    return ids


class Question:
    """What the study calls a column of the export: the finding's id, its words, and the names of its levels."""

    def __init__(self, finding, about, kind, levels):
        self.finding, self.about, self.kind, self.levels = finding, about, kind, levels


class Questions:
    """The questions of a study, by the wording of the export's columns."""

    def __init__(self, study, header):
        self.by_wording, parts = {}, {}
        for column in header:
            found = re.match(r"([\w-]+)(\[[^\]]*\])?\. (.*)", column, re.DOTALL)
            if found is None:
                continue
            code, part, wording = found.groups()
            if wording.startswith("["):
                # An item of a grid; two items may have the same words before a bracket of their own.
                source, wording = f"{code}{part}", wording.removeprefix("[").removesuffix("]").split(" [")[0]
            elif part:
                source, label = code, wording[wording.rfind(" [") + 2 : -1]
                wording = wording[: wording.rfind(" [")]
                parts.setdefault(code, []).append(label)
            else:
                source = code
            sources = self.by_wording.setdefault(folded(wording), [])
            if source not in sources:
                sources.append(source)
        group = next(iter(study["groups"]))
        self.known = {}
        for name, question in study["questions"].items():
            named = {
                item: (about[group], f"{group}/{name}/{item}", f'{question["label"]}, {about["label"]}')
                for item, about in question.get("items", {}).items()
            }
            for source, finding, about in named.values() or [(question[group], f"{group}/{name}", question["label"])]:
                points = study["scales"][question["scale"]]["points"] if "scale" in question else None
                levels = ids_of(points or question.get("choices") or parts.get(source, []))
                self.known[source] = Question(finding, about, question["kind"], levels)

    def sources(self, text):
        """The columns that a table means by this text: a wording, perhaps behind its code."""
        coded = re.match(r"(\w+)(\[\w+\])?\. ", folded(text))
        return [coded[1]] if coded else self.by_wording.get(folded(text), [])


def cells_of(rows, questions):
    """Every cell of a table with its question, its row and column, and the answer that it counts."""
    header, body = rows[0], rows[1:]
    across = [questions.sources(text) for text in header[1:]]
    if header[1].startswith("Count"):
        across = [questions.sources(header[0])]
    down = [questions.sources(row[0]) for row in body]
    for row, of_row in zip(body, down, strict=True):
        for column, cell in enumerate(row[1:], start=1):
            if all(across):
                # A column for each question. Questions of the same words stand in their order.
                before = across[: column - 1].count(across[column - 1])
                source, answer = across[column - 1][before], row[0]
            elif all(down):
                # A row for each question.
                source, answer = of_row[0], header[column]
            elif header[1] == "Rank 1":
                source, answer = "prevEmp2", f"{slug(row[0])}/{slug(header[column])}"
            else:
                source, answer = None, None
            yield source, folded(row[0]), folded(header[column]), folded(answer or ""), cell.strip()


def is_of_the_row(name, rows, others, questions):
    """Whether a table divides by the sum of each row though a row is no question, by the counts of the same name."""
    counts = others.get(name.removesuffix("[PERC]"), [[]])
    several = len(rows[0]) > 2 and not all(questions.sources(row[0]) for row in rows[1:])
    if not name.endswith("[PERC]") or not several or len(counts[0]) != len(rows[0]):
        return False
    number = lambda cell: float(cell or 0)
    for percents, row in zip(rows[1:], counts[1:], strict=True):
        total = sum(map(number, row[1:])) or 1.0
        if any(abs(number(p) - 100 * number(n) / total) > 1e-9 for p, n in zip(percents[1:], row[1:], strict=True)):
            return False
    return True


def decimals_of(name, rows):
    """How precisely a table prints its percents. Those of several questions in one table may be rounded to two
    decimals or to none; all others are as the computer had them."""
    cells = [cell for row in rows[1:] for cell in row[1:] if cell]
    most = max((len(cell.split(".")[1].rstrip("0")) for cell in cells), default=0)
    several = re.fullmatch(r"[A-Za-z0-9]+(_[a-z0-9]+)+\[PERC\]", name)
    return most if several and most <= 2 else DECIMALS


def claim_of(question, answer, cell, decimals):
    """The finding of one cell, what is said of it, and the words."""
    finding, label = question.finding, answer
    if answer == "":
        finding, label = f"{finding}/missing/blank", "no answer"
    else:
        finding = f"{finding}/{answer if question.kind == 'ranking' else question.levels[answer]}"
    if decimals is None:
        number = str(int(Decimal(cell or 0)))
        return finding, f"{{ count = {number} }}", f"{question.about}: {label}: {number}"
    if question.kind == "multi":
        finding, label = f"{finding}/mentions", f"{label}, of all mentions"
    number = f"{Decimal(cell).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP):f}"
    return finding, f'{{ percent = "{number}" }}', f"{question.about}: {label}: {number}%"


class Account:
    """The claims of one survey, and what became of every cell of its tables."""

    def __init__(self, survey):
        self.survey = survey
        folder, self.where = SURVEYS[survey]
        study = tomllib.loads((HERE / f"{survey}.toml").read_text(encoding="utf-8"))
        self.questions = Questions(study, rows_of(CORPUS / f"{folder}_public_data.csv")[0])
        files = sorted((CORPUS / f"expected_{folder}").glob("*.csv"))
        self.tables = {path.stem: rows_of(path) for path in files}
        self.claims, self.without, self.numbers, self.empty, self.used = {}, {}, 0, 0, set()
        for name, rows in self.tables.items():
            self.table(name, rows)
        unused = set(LEFT_OUT[survey]) - self.used
        if unused:
            raise SystemExit(f"{survey}: nothing is left out by {unused}")

    def reason(self, table, row, column):
        for pattern, reason in LEFT_OUT[self.survey].items():
            if re.fullmatch(pattern, f"{table}/{row}/{column}"):
                self.used.add(pattern)
                return reason
        return None

    def table(self, name, rows):
        of_the_row = is_of_the_row(name, rows, self.tables, self.questions)
        decimals = decimals_of(name, rows) if name.endswith("[PERC]") else None
        for source, row, column, answer, cell in cells_of(rows, self.questions):
            reason = self.reason(name, row, column) or (OF_THE_ROW if of_the_row else None)
            if reason is not None:
                tables = self.without.setdefault(reason, {})
                tables[name] = tables.get(name, 0) + (cell != "")
                continue
            # An empty cell of a table of counts is nobody; of a table of percents, or under no answer, it is nothing.
            if cell == "" and (decimals is not None or answer == ""):
                continue
            if source not in self.questions.known:
                raise SystemExit(f"{self.survey}: {name} is about {source}, which the study does not ask: say why")
            self.numbers += cell != ""
            self.empty += cell == ""
            finding, says, words = claim_of(self.questions.known[source], answer, cell, decimals)
            tables = self.claims.setdefault((finding, says), (words, []))[1]
            if name not in tables:
                tables.append(name)

    def written(self):
        """The file of claims."""
        quoted = lambda value: json.dumps(value, ensure_ascii=False)
        claimed = {table for _, tables in self.claims.values() for table in tables}
        left_out = sum(count for tables in self.without.values() for count in tables.values())
        lines = [
            "# Written by claims.py from the published tables; it is not edited.",
            "",
            f"source.citation = {quoted(f'International survey of research software engineers, {self.where}: the tables published with its public data')}",
            "source.reading = [",
            f'  "The tables are {len(self.tables)}. {len(claimed)} of them are claimed, with {self.numbers} numbers; {left_out} more numbers are left out, for the reasons at the end.",',
            f'  "{self.empty} empty cells of tables of counts are read as nobody.",',
            f'  "Percents that a computer printed with up to 16 digits are claimed to {DECIMALS} decimals.",',
            "]",
            "",
        ]
        entries, taken = [], set()
        for (finding, says), (words, tables) in self.claims.items():
            name = finding.split("/", 1)[1].replace("/", "-")
            if "percent" in says:
                name += "-percent" if len(says) > len('{ percent = "100.00" }') else "-rounded"
            if name in taken:
                raise SystemExit(f"{self.survey}: two numbers of {finding}: say which is left out: {tables}")
            taken.add(name)
            words = quoted(f"{words} ({', '.join(tables)})")
            entries.append(f'  {{ id = "{name}", text = {words}, finding = "{finding}", says = {says} }},')
        for number, (reason, tables) in enumerate(self.without.items(), start=1):
            words = f"{sum(tables.values())} numbers of {', '.join(tables)}: {reason}."
            entries.append(f'  {{ id = "left-out-{number}", text = {quoted(words)} }},')
        return "\n".join([*lines, "claim = [", *entries, "]", ""])


def main():
    check = sys.argv[1:] == ["--check"]
    if sys.argv[1:] and not check:
        raise SystemExit(__doc__)
    differ = []
    for survey in SURVEYS:
        account = Account(survey)
        path, text = HERE / f"{survey}.reported.toml", account.written()
        if check:
            differ += [] if path.exists() and path.read_text(encoding="utf-8") == text else [path.name]
        else:
            path.write_text(text, encoding="utf-8")
        left_out = sum(count for tables in account.without.values() for count in tables.values())
        print(f"{survey}: {len(account.tables)} tables, {account.numbers} numbers in {len(account.claims)} claims,"
              f" {account.empty} empty cells, {left_out} numbers left out")
    if differ:
        raise SystemExit(f"not what this program writes: {', '.join(differ)}")


if __name__ == "__main__":
    main()
