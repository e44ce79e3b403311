//! The styles of a document of tables that other documents do not have: headings bold, notes small.

/// The style of captions: Word's own, so that a list of tables finds them.
pub(super) const CAPTION: &str = "Caption";
/// The style of notes below a table.
pub(super) const NOTE: &str = "TableNote";
/// The styles of the cells of a table.
pub(super) struct Letters {
    /// Of row headings.
    pub(super) label: &'static str,
    /// Of row headings below the label of a section.
    pub(super) below: &'static str,
    /// Of cells.
    pub(super) number: &'static str,
    /// How wide a letter is on average, in twentieths of a point.
    pub(super) width: u32,
}

/// Of eight points.
pub(super) const USUAL: Letters =
    Letters { label: "TableLabel", below: "TableLabelBelow", number: "TableNumber", width: 90 };
/// Of seven points, for tables of many columns.
pub(super) const SMALL: Letters = Letters {
    label: "TableLabelSmall",
    below: "TableLabelBelowSmall",
    number: "TableNumberSmall",
    width: 79,
};

/// The styles.
pub(super) const STYLES: &str = r#"<w:style w:type="paragraph" w:styleId="Caption"><w:name w:val="caption"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/><w:spacing w:after="120"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="TableLabel"><w:name w:val="Table Label"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr><w:spacing w:before="30" w:after="30"/></w:pPr><w:rPr><w:sz w:val="16"/></w:rPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="TableLabelBelow"><w:name w:val="Table Label Below"/><w:basedOn w:val="TableLabel"/><w:qFormat/><w:pPr><w:ind w:left="160"/></w:pPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="TableNumber"><w:name w:val="Table Number"/><w:basedOn w:val="TableLabel"/><w:qFormat/><w:pPr><w:jc w:val="right"/></w:pPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="TableLabelSmall"><w:name w:val="Table Label Small"/><w:basedOn w:val="TableLabel"/><w:qFormat/><w:rPr><w:sz w:val="14"/></w:rPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="TableLabelBelowSmall"><w:name w:val="Table Label Below Small"/><w:basedOn w:val="TableLabelBelow"/><w:qFormat/><w:rPr><w:sz w:val="14"/></w:rPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="TableNumberSmall"><w:name w:val="Table Number Small"/><w:basedOn w:val="TableNumber"/><w:qFormat/><w:rPr><w:sz w:val="14"/></w:rPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="TableNote"><w:name w:val="Table Note"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr><w:spacing w:before="60"/></w:pPr><w:rPr><w:sz w:val="16"/></w:rPr></w:style>
"#;
