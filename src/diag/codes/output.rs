//! Codes about writing.
use super::codes;

codes! {
    CANNOT_WRITE = "O001", "the outputs cannot be written",
        "The system refused to write. What was there before is untouched: outputs are written beside their place and \
         moved there only when all are complete.";
    FIGURE_CAUTION = "O003", "a figure cannot be shown as it is asked",
        "The font that is embedded in figures lacks some characters of a label: PNG and PDF show boxes in their place, the SVG \
         what the reader's fonts have. Or the figure is taller than a page of A4. The tables and findings hold every label and \
         number as it is.";
    OUTPUT_NOT_OURS = "O002", "the output folder holds something else",
        "The folder into which outputs would go holds a file that no run of this study wrote, or one that was changed \
         since. It would be lost, so nothing was written. Move it away, or choose another folder with --out.";
}
