//! Where a diagnostic points.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// A file as the study names it, never a path of the machine.
///
/// For files that a study file names this is the path as written there; for files named on the command line, their
/// name as typed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct FileId(Arc<str>);

impl FileId {
    /// Names a file.
    pub fn new(name: &str) -> Self {
        Self(Arc::from(name.replace('\\', "/")))
    }

    /// The name as given.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last part of the name.
    pub fn short(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }
}

impl std::fmt::Display for FileId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Where a diagnostic points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// Nowhere in particular.
    Nowhere,
    /// A file as a whole.
    File(FileId),
    /// A column of a table.
    Column {
        /// The file.
        file: FileId,
        /// The column's name.
        column: String,
    },
    /// A row, by the line of the file on which its record starts (1-based).
    Row {
        /// The file.
        file: FileId,
        /// The line.
        line: u32,
    },
    /// One cell.
    Cell {
        /// The file.
        file: FileId,
        /// The line on which its record starts (1-based).
        line: u32,
        /// The column's name.
        column: String,
    },
    /// A span of bytes in a text file that people write, such as a study file.
    Span {
        /// The file.
        file: FileId,
        /// The bytes.
        range: Range<usize>,
    },
}

impl Place {
    /// A file as a whole.
    pub fn file(file: &FileId) -> Self {
        Self::File(file.clone())
    }

    /// One cell.
    pub fn cell(file: &FileId, line: u32, column: &str) -> Self {
        Self::Cell { file: file.clone(), line, column: column.to_owned() }
    }

    /// A column of a table.
    pub fn column(file: &FileId, column: &str) -> Self {
        Self::Column { file: file.clone(), column: column.to_owned() }
    }

    /// A row.
    pub fn row(file: &FileId, line: u32) -> Self {
        Self::Row { file: file.clone(), line }
    }

    /// A span of bytes.
    pub fn span(file: &FileId, range: Range<usize>) -> Self {
        Self::Span { file: file.clone(), range }
    }

    /// A span as the line on which it starts, where its text cannot be shown; any other place as it is.
    #[must_use]
    pub fn on_its_line(&self, sources: &BTreeMap<FileId, String>) -> Self {
        let Self::Span { file, range } = self else { return self.clone() };
        let before = sources.get(file).and_then(|text| text.get(..range.start));
        match before.and_then(|before| u32::try_from(before.matches('\n').count() + 1).ok()) {
            Some(line) => Self::row(file, line),
            None => self.clone(),
        }
    }

    /// The file, if the place has one.
    pub fn file_id(&self) -> Option<&FileId> {
        match self {
            Self::Nowhere => None,
            Self::File(file)
            | Self::Column { file, .. }
            | Self::Row { file, .. }
            | Self::Cell { file, .. }
            | Self::Span { file, .. } => Some(file),
        }
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Nowhere => Ok(()),
            Self::File(file) => write!(f, "{file}"),
            Self::Column { file, column } => write!(f, "{file}, column {column}"),
            Self::Row { file, line } => write!(f, "{file}:{line}"),
            Self::Cell { file, line, column } => write!(f, "{file}:{line}, column {column}"),
            Self::Span { file, range } => write!(f, "{file}, bytes {}..{}", range.start, range.end),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_stands_on_the_line_of_its_first_byte_where_the_text_is_known() {
        let file = FileId::new("study.toml");
        let sources = BTreeMap::from([(file.clone(), "a = 1\nb = 2\n".to_owned())]);
        let on = |range| Place::span(&file, range).on_its_line(&sources).to_string();
        assert_eq!([on(0..1), on(5..6), on(6..7)], ["study.toml:1", "study.toml:1", "study.toml:2"]);
        assert_eq!(
            Place::span(&file, 6..7).on_its_line(&BTreeMap::new()).to_string(),
            "study.toml, bytes 6..7"
        );
        assert_eq!(Place::file(&file).on_its_line(&sources), Place::file(&file));
    }
}
