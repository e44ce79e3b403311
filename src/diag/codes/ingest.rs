//! Codes about reading a file.
use super::codes;

codes! {
    FILE_NOT_FOUND = "I001", "a file is not there",
        "The file could not be found at that path. Paths in a study file are relative to the folder of the study file.";
    FILE_UNREADABLE = "I002", "a file cannot be read",
        "The system refused to give the file. The message carries its reason.";
    FORMAT_UNKNOWN = "I003", "the kind of file is not recognised",
        "Nothing in the file says what it is. Canvass reads delimited text and workbooks, and recognises Qualtrics, \
         REDCap, SurveyMonkey and other platforms by their own marks; anything else is read as a plain table with one header row when a codebook in the \
         study file says what its columns mean.";
    EMPTY_FILE = "I004", "a file holds no table",
        "The file has no header row. An export of a survey without answers still has one.";
    ENCODING_ASSUMED = "I005", "the encoding is not UTF-8",
        "The bytes are not valid UTF-8 and no mark at the start of the file says what they are. Windows-1252 was assumed; \
         letters with accents may be wrong. Export again as UTF-8.";
    RAGGED_ROW = "I006", "a row has more or fewer cells than the header",
        "Missing cells at the end are read as blank. Cells beyond the header cannot be placed and are not used.";
    DUPLICATE_COLUMN = "I007", "two columns have the same name",
        "The columns are kept apart by their position and, where the export has them, by their import ids. Naming such a \
         column in a study file needs its id.";
    DEFINITION_MISMATCH = "I008", "the definition and the export do not match",
        "Columns of the export are not in the definition, or questions of the definition have no column. Both are kept; \
         the definition may be newer or older than the answers, or belong to another survey.";
    DEFINITION_INVALID = "I009", "the definition cannot be read",
        "The file given as definition is not a survey definition or data dictionary that Canvass knows.";
    COLUMN_NOT_UNDERSTOOD = "I010", "a column is kept as text",
        "The column belongs to no question that could be recognised. It is kept as text and not analysed.";
    ASSUMED = "I011", "something was assumed",
        "The file does not say this, so it was assumed, and the assumption is listed. Decide it in the study file to \
         make it certain.";
    CHOICES_INFERRED = "I012", "choices were inferred from the answers",
        "No definition was given, so the choices are those that somebody chose. A choice that nobody chose is not known. \
         Add the definition file to know it.";
    UNBALANCED_QUOTE = "I013", "a quoted cell is not closed",
        "A cell starts with a quotation mark that never ends, so the rest of the file would be one cell. Nothing was read \
         beyond that row.";
    SAME_CHOICE_TWICE = "I021", "a cell's text means two choices",
        "Two choices of a question have the same code, or in an export of choice texts the same wording. A cell with it \
         cannot be read, and is counted as missing (unreadable), never as the first of the two.";
    BLANK_ROW = "I020", "a row without any text is left out",
        "Between its separators the row has nothing, or only blanks. It is nobody's answer and is not counted as a row.";
    MAY_IDENTIFY = "I022", "a column may tell who a person is",
        "By its name, its wording or its cells the column may hold names, addresses, numbers or ids of people. It is no \
         question of the table, and nothing of it is ever shown. If it is an ordinary question, declare it in the study file.";
    FILE_DAMAGED = "I029", "a file is damaged",
        "The file starts as one of a kind that Canvass reads, but what it says of itself cannot be: it ends too early, a length \
         goes beyond its end, or a compressed part cannot be unpacked. Nothing of it is used, because what is missing is not \
         known. Copy or download it again, or save it again in the program that wrote it.";
    ROWS_NOT_PEOPLE = "I023", "rows of the export are not people",
        "A longitudinal project or one with repeating forms has several rows for each record: one for each event and each \
         repetition. Counted as they are, a person counts several times, so that is refused. Give the study one row for each \
         person with where = { redcap_event_name = \"...\" } in the group, one repeating form with where = { \
         redcap_repeat_instrument = \"...\" }, or an exclusion rule \"duplicate\".";
    INVITATION_UNREAD = "I024", "a list of invitations says something unknown",
        "The cell should say what became of an invitation, and holds no state, time or yes and no that is known. Nothing is \
         concluded from it.";
    INVITATIONS_MIXED = "I025", "a list holds invitations to several surveys",
        "REDCap's log holds the invitations to every survey of a project, and a person may be invited to each. People are \
         counted once for the whole list; for a response rate take the invitations to one survey.";
    TIME_ZONE = "I026", "in which time zone dates are written",
        "Two exports of one survey can write the same moment hours apart, in the zone of whoever exported. Dates are kept as \
         they stand and never moved; the note says which zone the file names, or that it names none.";
    DEFINITION_MATCHED = "I027", "how much of the export the definition knows",
        "Questions are joined to the definition by their ids, and by tag where there is no id. The note counts what matched; \
         what did not is named beside it.";
    SPREADSHEET_DAMAGE = "I028", "a spreadsheet program changed what cells say",
        "Opened and saved in a spreadsheet program, choices such as 1-2 become dates (1-Feb), long numbers lose their \
         last digits (1.07E+10), and what begins with = becomes an error (#NAME?). What was there before cannot be known from \
         the file. Export again and do not save it there.";
    SAID_TWICE = "I032", "two places of the export say different things",
        "Some exports say the same answer twice, as several choices in one cell and again in a column for each choice. Where \
         the two differ, one was changed after the export. The message says which is read; nothing is repaired.";
    LIKELY_MISSING_CODE = "I030", "a text may be a code for missing values",
        "The same short text stands in several fields that take choices, numbers or dates, and none of them takes it. Projects \
         declare such codes outside of the data dictionary. Nothing is concluded from it: its cells are counted as unreadable \
         until a definition declares the code, or the study file does: missing = { \"99\" = \"refused\" } in the question.";
    DATES_SHIFTED = "I031", "dates may be shifted",
        "REDCap's de-identified exports replace record ids by hashes and move all dates of a record back by the same unknown \
         number of days, up to a year. Differences within a record stay right; dates themselves do not.";
    NO_SUCH_SHEET = "I034", "the workbook has no such sheet",
        "The study file names a sheet of a workbook that the file does not have. Sheets are named as the tabs at the foot of \
         the workbook are, letter by letter. Without a name the first sheet that holds a table is read.";
    TOO_LARGE = "I033", "the file is larger than a table of answers can be",
        "A row of more than 64 MB, a header of more than 100,000 cells, a header above rows that hardly have any cells, or \
         an archive that unpacks to more than 200 times its size: no export is like that, so nothing of it is read.";
}
