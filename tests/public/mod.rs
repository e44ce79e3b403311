//! What is written for the public tells nobody's answers, judged by outsiders who read nothing else.

mod founding;
mod outsider;
mod small;
