//! How often in a row the same answer was given.

use crate::stats::Method;

/// The longest run of one answer.
pub const LONGSTRING: Method = Method {
    id: "careless.longstring",
    name: "Longest string of one answer",
    convention: "answers as given, in the order of the items; a missing answer ends a run",
};

/// The length of the longest run of equal answers; 0 where there is none.
///
/// # Examples
///
/// ```
/// use canvass::stats::careless::longstring;
///
/// let answers = [Some(4), Some(4), None, Some(4), Some(4), Some(4), Some(2)];
/// assert_eq!(longstring(answers), 3);
/// ```
pub fn longstring<T: PartialEq>(answers: impl IntoIterator<Item = Option<T>>) -> u64 {
    let mut longest = 0;
    let mut run = 0;
    let mut before: Option<T> = None;
    for answer in answers {
        run = match (&before, &answer) {
            (_, None) => 0,
            (Some(before), Some(answer)) if before == answer => run + 1,
            (_, Some(_)) => 1,
        };
        longest = longest.max(run);
        before = answer;
    }
    longest
}
