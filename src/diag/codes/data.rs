//! Codes about answers.
use super::codes;

codes! {
    NOT_ON_SCALE = "D001", "a cell holds something that is no point of its scale",
        "The cell's text is neither a point of the scale nor a declared answer outside it. It is counted as missing \
         (unreadable), never guessed. If it is a spelling of a point, declare it: also = { \"what it says\" = \"the point\" }.";
    NOT_A_CHOICE = "D002", "a cell holds something that is no choice of its question",
        "The cell's text is not one of the question's choices. It is counted as missing (unreadable), never guessed.";
    AMBIGUOUS_CHOICES = "D003", "a cell can be split into choices in more than one way",
        "Several answers are joined in one cell, and the choices themselves contain the separator, so that the cell fits \
         more than one set of choices. It is counted as missing (unreadable). Export with one column per choice.";
    BAD_RANK = "D004", "a rank that cannot be",
        "A rank is not a whole number between one and the number of items, or two items share one, or one is skipped. \
         The ranking is kept as given where that can be done, and is never repaired in silence.";
    NOT_A_NUMBER = "D005", "a cell of a numeric question is not a number",
        "The cell's text cannot be read as a number, so it is counted as missing (unreadable), never as zero.";
    NOT_ON_ROSTER = "D006", "a response belongs to nobody on the roster",
        "The response's key is not on the roster of invited people, or is blank. It cannot count in a response rate.";
    DUPLICATE_ON_ROSTER = "D007", "the roster lists a key twice",
        "Two rows of the roster have the same key, so invitations cannot be counted. Remove one.";
    ANSWERED_THOUGH_NOT_ASKED = "D008", "an answer where the question was not to be asked",
        "By the question's own condition this person should not have seen it, yet there is an answer. The answer is kept \
         and counted; the condition may have changed while the survey was open.";
    SAME_PERSON_TWICE = "D009", "several responses of one person remain",
        "The key by which people are known appears more than once among the included responses. Declare an exclusion rule \
         for duplicates, with which one to keep.";
    RECODED = "D010", "a cell was read as something else than it says",
        "The cell differs from the declared text in spaces, case, quotes or entities, and was read as it.";
    CONDITION_UNKNOWN = "D011", "it is not known whether a question was asked",
        "The question's condition uses something that is not in the export, so a blank cannot be told apart from a \
         question that was not asked. Blanks are counted as unexplained.";
    NO_RESPONSE = "D014", "a group has no response to analyse",
        "The export of the group has no rows, or its exclusion rules leave all of them out, so nothing can be computed. Every \
         finding says so.";
    EXCLUSIVE_CHOICE = "D012", "an exclusive choice beside others",
        "A choice that the definition marks as exclusive was ticked together with others. The ticks are kept as they are.";
}
