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
    NOT_A_NUMBER = "D005", "a cell of a numeric question is not a number, or of a date not a date",
        "The cell's text cannot be read as a number (or as a day of the calendar), so it is counted as missing (unreadable), never as zero.";
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
    NOT_SHOWN = "D013", "a question was not shown and nothing says why",
        "The export marks questions that were seen and not answered. This one has no mark and no answer, so it was not \
         shown, yet no condition of its own hides it and the response was not left before it. The blank is counted as \
         unexplained, never as not asked: an answer rate must not rise because answers are missing.";
    INITIAL_ORDER = "D017", "many rankings are the items in their own order",
        "Among at least twenty complete rankings of three items or more, one in five at least is the order in which the \
         items stand in the survey, far more than chance gives and twice as many as any other order. Some tools store the \
         order that was shown for people who moved nothing. The rankings are kept; compare with the display order.";
    OTHER_TOTAL = "D018", "points do not add up",
        "The points that most people gave to the items add up to one total, and those of some do not. The order of the \
         points is still that person's ranking; shares of a total would not be comparable.";
    ITEM_AGAINST_OTHERS = "D019", "an item goes against the others of its scale",
        "Among at least thirty people who answered every item of a question of three items or more, the item's correlation \
         with the sum of the others lies below zero, with its whole 95 % interval. It may be worded against the others: then \
         declare it with reverse = [\"item\"]. This is a suggestion from the answers; nothing is turned around by it, and an \
         item that measures something else does the same.";
    NOT_ELIGIBLE = "D021", "a response of somebody who is not eligible is analysed",
        "The list of those invited says that the person does not belong to those who are asked, and a response of theirs is \
         among those analysed. They count in no response rate. Leave the response out by a rule, or correct the list.";
    OUT_OF_RANGE = "D027", "numbers outside the declared range",
        "The study declares which numbers are possible, and some answers are others. They count as missing (out of range), \
         and each stands in the ledger; with out-of-range = \"keep\" they count as they are, and a finding says how many.";
    CODE_OF_NO_TEXT = "D028", "a code belongs to no text",
        "A row of a coding file names a response that no group of the question has, one in which nothing was written, or \
         several in which something was. It counts nowhere. The key is not shown, because it may tell who a person is.";
    CODE_NOT_DECLARED = "D029", "a code is not declared",
        "A cell of a coding file holds something that is none of the codes that the study declares. It may be a slip, or a \
         code that was added later; the study file must name it before it is counted.";
    MANY_UNREADABLE = "D016", "many answers of a question could not be read",
        "More than one in twenty of the answers to this question, and at least three, could not be read and are counted \
         as missing (unreadable). The shares stand on the others. Declare the choices or points that are missing, or \
         correct the export.";
    WRONG_COLUMN = "D015", "a column does not look like its question",
        "More than half of what stands in the column, and at least three cells, is nothing that the question takes. The \
         study file may name the wrong column, or the definition may be of another survey. None of the texts is shown, \
         because they may be what people wrote.";
    BAD_PAIR = "D036", "a list of pairs holds something that is no pair",
        "A line of the list of pairs has nobody on one side, or says a pair again. Who is in no pair is not on the list, and \
         somebody who is in several pairs stands on a line for each of them.";
}
