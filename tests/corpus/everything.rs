//! Every table of the corpus is read or refused, and none panics.

use canvass::diag::FileId;
use canvass::ingest::{self, Platform, grid};

use super::{file, folder};

/// The rows of INDEX.tsv, whose first column is the file.
pub(super) fn listed(folder: &str) -> Vec<Vec<String>> {
    let (_, bytes) = file(folder, "INDEX.tsv");
    let index = String::from_utf8_lossy(&bytes);
    index.lines().skip(1).map(|line| line.split('\t').map(str::to_owned).collect()).collect()
}

fn records(id: &FileId, bytes: &[u8]) -> usize {
    grid::read(id, bytes).map_or(0, |noted| noted.value.len())
}

#[test]
fn every_listed_table_is_read_or_refused_with_a_remedy() {
    let Some(folder) = folder(253) else { return };
    let listed = listed(&folder);
    assert!(listed.len() >= 253, "{} files listed", listed.len());
    for row in listed {
        let (id, bytes) = file(&folder, &row[0]);
        match ingest::read(&id, &bytes, None) {
            Ok(noted) => {
                let export = noted.value;
                assert_eq!(export.header_rows + export.table.height(), records(&id, &bytes), "{}", row[0]);
            }
            Err(diags) => assert!(diags.iter().all(|diag| diag.help.is_some()), "{}: {diags:?}", row[0]),
        }
    }
}

#[test]
fn rows_and_columns_are_those_of_the_census() {
    let Some(folder) = folder(200) else { return };
    let mut checked = 0;
    for row in listed(&folder) {
        let [name, _, _, delimiter, _, header_rows, rows, columns, ..] = row.as_slice() else {
            panic!("{row:?}")
        };
        let (Ok(rows), Ok(columns)) = (rows.parse::<usize>(), columns.parse::<usize>()) else { continue };
        let (id, bytes) = file(&folder, name);
        let Ok(grid) = grid::read(&id, &bytes) else { continue };
        // The census counts one header row where it is not sure.
        let header_rows = header_rows.parse().unwrap_or(1);
        let grid = grid.value;
        // Of the file that starts with an empty line the census has no columns.
        if columns == 0 {
            continue;
        }
        assert_eq!(grid.len(), rows + header_rows, "{name} ({delimiter})");
        // The census counts a trailing separator as a column.
        assert!([columns, columns - 1].contains(&grid.width()), "{name}: {} for {columns}", grid.width());
        checked += 1;
    }
    assert!(checked >= 200, "only {checked} files were checked");
}

#[test]
fn a_table_of_another_platform_is_a_plain_table() {
    let Some(folder) = folder(2) else { return };
    for name in
        ["quantipy-delimited-sets/Example_Data_A.csv", "jupyter-surveys/surveygizmo_2015_notebook_ux.csv"]
    {
        let (id, bytes) = file(&folder, name);
        assert_eq!(ingest::read(&id, &bytes, None).unwrap().value.platform, Platform::Plain, "{name}");
    }
}

#[test]
fn a_workbook_and_its_csv_hold_the_same_survey() {
    let Some(folder) = folder(1) else { return };
    let read = |name: &str| {
        let (id, bytes) = file(&folder, name);
        grid::read(&id, &bytes).unwrap().value
    };
    let (csv, tsv, xlsx) = (
        read("google-forms-r-survey/2019_es.csv"),
        read("google-forms-r-survey/2019_es.tsv"),
        read("google-forms-r-survey/2019_es.xlsx"),
    );
    assert_eq!((csv.len(), csv.width()), (339, 52));
    assert_eq!((tsv.len(), tsv.width()), (339, 52));
    assert_eq!((xlsx.len(), xlsx.width()), (339, 52));
    // The time stamps are written differently; the second column holds answers.
    let answers =
        |grid: &grid::Grid| grid.records().map(|record| record.cell(1).trim().to_owned()).collect::<Vec<_>>();
    assert_eq!(answers(&csv), answers(&xlsx));
}
