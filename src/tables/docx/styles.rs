//! The styles of a document of tables that other documents do not have: headings bold, notes small.

/// The style of captions: Word's own, so that a list of tables finds them.
pub(super) const CAPTION: &str = "Caption";
/// The style of notes below a table.
pub(super) const NOTE: &str = "TableNote";
/// The style of row headings.
pub(super) const LABEL: &str = "TableLabel";
/// The style of cells.
pub(super) const NUMBER: &str = "TableNumber";

/// The styles.
pub(super) const STYLES: &str = r#"<w:style w:type="paragraph" w:styleId="Caption"><w:name w:val="caption"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/><w:spacing w:after="120"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="TableLabel"><w:name w:val="Table Label"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr><w:spacing w:before="30" w:after="30"/></w:pPr><w:rPr><w:sz w:val="16"/></w:rPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="TableNumber"><w:name w:val="Table Number"/><w:basedOn w:val="TableLabel"/><w:qFormat/><w:pPr><w:jc w:val="right"/></w:pPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="TableNote"><w:name w:val="Table Note"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr><w:spacing w:before="60"/></w:pPr><w:rPr><w:sz w:val="16"/></w:rPr></w:style>
"#;
