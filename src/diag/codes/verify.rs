//! Codes about verifying.
use super::codes;

codes! {
    NO_OUTPUT = "V001", "there is no committed output to verify",
        "The study has no output folder with a manifest, so there is nothing to compare with. Run the study first, \
         or name the folder of its outputs with --out.";
    FORMAT_TOO_NEW = "V002", "the output was written by a newer version",
        "The file's format version is newer than this program knows. Use the version that the manifest names, or newer.";
    FORMAT_TOO_OLD = "V003", "the output was written by an older version",
        "The file's format version is older than this program can read. The message names the last version that could.";
    OUTPUT_UNREADABLE = "V004", "a committed output cannot be read",
        "The file is not what a run writes. It may have been edited or cut short.";
    UNKNOWN_FINDING = "V005", "no finding has this id",
        "The id is not one of the study's findings. The message names the nearest; findings.json lists all.";
}
