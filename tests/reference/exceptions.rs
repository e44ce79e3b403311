//! Where we differ from the reference on purpose, with the argument.

/// A case whose expected value we hold to be wrong; the argument in full stands in the documentation of its method.
struct Exception {
    id: &'static str,
    reason: &'static str,
}

/// A key of `expected` that a method does not give.
struct NotGiven {
    family: &'static str,
    method: &'static str,
    key: &'static str,
}

const EXCEPTIONS: &[Exception] = &[];

const NOT_GIVEN: &[NotGiven] = &[];

/// Why the case with this id need not pass.
pub(super) fn reason(id: &str) -> Option<&'static str> {
    EXCEPTIONS.iter().find(|exception| exception.id == id).map(|exception| exception.reason)
}

/// Whether the method leaves this key out.
pub(super) fn is_not_given(family: &str, method: &str, key: &str) -> bool {
    NOT_GIVEN.iter().any(|entry| entry.family == family && entry.method == method && entry.key == key)
}
