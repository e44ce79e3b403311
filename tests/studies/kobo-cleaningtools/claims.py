"""Writes the claims of this study from the two tables of the expected analysis: of all households and by division.

Usage: python3 claims.py [--check | --form FILE]

Every number comes from an expected table; the form says which list the choices of a question stand in, so that they are
named as Canvass names them. What is not claimed stands in LEFT_OUT with the reason, and each reason becomes a claim
that is bound to nothing. `--check` writes nothing and says whether the committed file is what this program writes.
`--form` puts the two sheets of the form into one file, which a person needs to run the study.
"""

import csv
import json
import os
import re
import sys
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

HERE = Path(__file__).resolve().parent
CORPUS = Path(os.environ.get("CANVASS_CORPUS", HERE / "../../../../shared/data")) / "kobo-cleaningtools/derived_csv"
LABEL = "label::English (en)"

# The tables hold floating point numbers of up to 16 digits; so many tell every count of every base apart.
DECIMALS = 6

# By variable and choice: what is left out ("all" or the share alone), and why.
COLUMNS_DIFFER = "the cell of all choices and the column of the choice say different things for two households; the table counts the columns, we read the cells"
LEFT_OUT = {
    ("water_sources", "borehole"): ("all", COLUMNS_DIFFER),
    ("treat_drink_water_how", "expose_sunlight"): ("all", COLUMNS_DIFFER),
    ("treat_drink_water_how", "filter"): ("all", COLUMNS_DIFFER),
    ("primary_livelihood", "own_business"): (
        "share",
        "the column of the choice is empty for 66 households who answered the question, and the table leaves them out of the base",
    ),
    ("pump_horsepower", "5"): ("all", "the table names 0.5, 1.5 and 5 alike, by what stands behind the point"),
    ("pump_horsepower", "75"): ("all", "the table names 0.75 by what stands behind the point"),
    ("spend_tap", ""): ("all", "the file of answers has the word False where people said 0"),
}


def rows_of(name):
    with open(CORPUS / f"cleaningtools_{name}.csv", encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def slug(label):
    """The words of a label, at most 48 characters of them."""
    name = ""
    for word in re.findall(r"[^\W_]+", re.sub("['’]", "", label.lower())):
        longer = f"{name}-{word}" if name else word
        if len(longer) > 48:
            break
        name = longer
    return name or "blank"


def levels():
    """For each question the names of its choices in ids of findings, by the choices' codes."""
    lists = {}
    for row in rows_of("choices"):
        if row["list_name"]:
            names = lists.setdefault(row["list_name"], {})
            name, number = slug(row[LABEL]), 2
            while name in names.values():
                name, number = f"{slug(row[LABEL])}-{number}", number + 1
            names[row["name"]] = name
    asked = [row["type"].split() + [row["name"]] for row in rows_of("survey") if row["type"].startswith("select_")]
    named = {name: lists[list_name] for _, list_name, name in asked}
    # A choice that had this name before the form was changed; the study file says so too.
    named["pay_water_charges_when"]["about_half"] = named["pay_water_charges_when"]["about_half_pay"]
    return named


def rounded(cell, power=0):
    return f"{Decimal(cell).scaleb(power).quantize(Decimal(1).scaleb(-DECIMALS), ROUND_HALF_UP):f}"


class Account:
    def __init__(self):
        self.levels, self.entries, self.without, self.rows, self.numbers = levels(), [], {}, Counter(), 0

    def take(self, table, group, row, base):
        """Claims what a row says of a group: count and percent, with the base where the table has it; or a mean."""
        self.rows[table] += 1
        variable, choice = row["main_variable"], row["choice"]
        about, count = f"{group}/{variable.lower()}", int(Decimal(row["n_unweighted"]))
        what, reason = LEFT_OUT.get((variable, choice), (None, None))
        if reason:
            self.without.setdefault(reason, Counter())[table] += 1 if what == "share" else 2
        if what == "all":
            return
        of = f", of = {base}" if base else ""
        of_words = f" of {base}" if base else ""
        if choice == "":
            mean = rounded(row["mean.pct"])
            self.claim(row, group, f"{about}/mean", f"mean {mean}", f'number = "{mean}"')
            self.claim(row, group, f"{about}/answered", f"{count} answered", f"count = {count}")
            self.numbers += 2
            return
        level = f"{about}/{self.levels[variable][choice]}"
        if what == "share":
            self.claim(row, group, level, f"{count}{of_words}", f"count = {count}{of}")
            self.numbers += 1
        else:
            percent = rounded(row["mean.pct"], 2)
            self.claim(row, group, level, f"{count}{of_words} ({percent}%)", f'count = {count}{of}, percent = "{percent}"')
            self.numbers += 2

    def claim(self, row, group, finding, words, says):
        about = [*([group] if group != "all" else []), row["main_variable"].lower(), *([row["choice"]] if row["choice"] else [])]
        name = re.sub(r"[^a-z0-9_-]", "-", "-".join([*about, *([] if row["choice"] else [finding.rsplit("/", 1)[1]])]).lower())
        text = json.dumps(f"{', '.join(about)}: {words}")
        self.entries.append(f'{{ id = "{name}", text = {text}, finding = "{finding}", says = {{ {says} }} }}')

    def written(self):
        lines = [
            "# Written by claims.py from the expected analysis; it is not edited.",
            "",
            'source.citation = "cleaningtools: the expected analysis of its survey of households, of all and by division"',
            "source.reading = [",
            f'  "Shares and means are claimed to {DECIMALS} decimals, of the 16 digits that a computer printed.",',
            '  "The tables\' intervals are not claimed: p - t s / sqrt(n - 1), which may lie below 0 or above 1, where a share has Wilson\'s here.",',
            "]",
            "",
            "claim = [",
            *(f"  {entry}," for entry in self.entries),
        ]
        for number, (reason, tables) in enumerate(self.without.items(), start=1):
            where = ", ".join(f"{count} numbers {table}" for table, count in tables.items())
            lines.append(f'  {{ id = "left-out-{number}", text = {json.dumps(f"{where}: {reason}.")} }},')
        return "\n".join([*lines, "]", ""])


def write_form(path):
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        for sheet in ("survey", "choices"):
            writer.writerow([sheet])
            with open(CORPUS / f"cleaningtools_{sheet}.csv", encoding="utf-8-sig", newline="") as rows:
                writer.writerows(["", *row] for row in csv.reader(rows))


def main():
    if sys.argv[1:2] == ["--form"] and len(sys.argv) == 3:
        return write_form(sys.argv[2])
    if sys.argv[1:] not in ([], ["--check"]):
        raise SystemExit(__doc__)
    account = Account()
    for row in rows_of("overall_analysis"):
        account.take("of all households", "all", row, int(row["response_count"]))
    for row in rows_of("analysis_by_group"):
        account.take("by division", f'division-{row["subset_1_val"]}', row, None)
    path, text = HERE / "reported.toml", account.written()
    print(f"{dict(account.rows)} rows, {account.numbers} numbers in {len(account.entries)} claims;"
          f" left out: {sum(sum(tables.values()) for tables in account.without.values())}")
    if sys.argv[1:] == ["--check"]:
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            raise SystemExit(f"{path.name} is not what this program writes")
    else:
        path.write_text(text, encoding="utf-8")
    return None


if __name__ == "__main__":
    main()
