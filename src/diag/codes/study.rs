//! Codes about the study file.
use super::codes;

codes! {
    STUDY_SYNTAX = "S001", "the study file is not valid TOML",
        "The study file could not be read as TOML. The caret points at the place where reading stopped making sense; \
         often a quote or a bracket is missing on that line or the one before.";
    STUDY_UNKNOWN_KEY = "S002", "a key that the study file does not have",
        "A name in the study file is not one that Canvass knows in that place. Nothing is ignored in silence, because a \
         misspelt option would otherwise change a result unnoticed. Correct the name or remove the line.";
    STUDY_MISSING_KEY = "S003", "a key that must be there is missing",
        "A table of the study file lacks a key that has no default. Add it.";
    STUDY_WRONG_TYPE = "S004", "a value of the wrong type",
        "A value in the study file is, for example, a number where a text is expected. The message says which type is \
         expected.";
    STUDY_BAD_VALUE = "S005", "a value outside its range or list",
        "A value in the study file is of the right type but not one that is possible there. The message lists what is.";
    STUDY_UNKNOWN_NAME = "S006", "a name that nothing in the study defines",
        "A group, scale, question, ask, table or figure is mentioned but not defined. Define it or correct the name.";
    STUDY_DUPLICATE = "S007", "a name is used twice",
        "Two things of one kind have the same name, so that nothing could say which is meant. Rename one.";
    STUDY_UNKNOWN_COLUMN = "S008", "the export has no such question or column",
        "The study file names a question or column that the group's export does not have. `canvass inspect` lists those \
         that it has.";
    STUDY_WRONG_KIND = "S009", "a question is not of the kind that is declared or needed",
        "The study file says that a question is, for example, a ranking, or asks something that only a ranking can \
         answer, and the export shows another kind of question.";
    STUDY_SCALE_UNKNOWN = "S010", "the order of a scale is not known",
        "An item's answers are words and neither the definition nor the study file says in which order they stand. \
         Alphabetical order or first appearance would be a guess. Declare the points of the scale, from low to high, \
         under [scales].";
    STUDY_BAD_EXCLUSION = "S011", "an exclusion rule that cannot be applied",
        "The rule needs something that the export does not have, such as the column by which duplicates are known.";
    STUDY_TEMPLATE = "S012", "the text template has an error",
        "A placeholder of the template is not closed, names no finding, or asks for a form that the finding does not have; \
         or a digit stands in the text that no finding vouches for. Every number of a results text comes from a finding; \
         one that does not, such as a year, is marked {{ \"2020\" }}.";
    STUDY_TOO_LONG = "S013", "the text is longer than its limit",
        "The text written from the template has more words or characters than the study allows. Shorten the template.";
    STUDY_CLAIM = "S014", "a claim cannot be understood",
        "An entry of the reported results lacks what is needed to check it, says two things at once, is bound to a finding \
         that the study does not have, or says of a finding what would always hold.";
    CLAIM_WORDS = "S015", "a claim says another number than its words",
        "What is checked is the count, base, percent or number that says holds. It does not occur in the claim's text, \
         neither in digits nor in words, so that the claim could hold while its text is wrong. Correct the text or what \
         it says.";
    STUDY_PRIVATE = "S016", "a question reads a column that can tell who a person is",
        "Names, addresses, keys and the like never reach an output, so no question of a study may be answered by such a \
         column.";
    NOT_A_STUDY = "S017", "this is no study",
        "A study is named by its folder, which holds study.toml, or by its study file, which ends in .toml. An export is \
         looked at with `canvass inspect`.";
    NUMBER_WORD = "S030", "a number in words that no finding vouches for",
        "A text template says a number by a word such as fourteen, half or majority, which a finding cannot follow when answers \
         change. Write it by a finding (the form words writes small numbers in words), or mark it as a literal, \
         {{ \"half\" }}, if it is not a result.";
    TO_WRITE = "S031", "a text is still to be written",
        "A text template holds {{ todo \"...\" }}, which says what somebody has still to write there. Write it in its place; \
         nothing else depends on it.";
    CHECKLIST_OPEN = "S032", "items of a checklist are open",
        "A reporting checklist asks for something that neither the findings nor the study file says. Write it in the table \
         [checklists.NAME] of the study file under the name of the item; the checklist names each open item.";
}
