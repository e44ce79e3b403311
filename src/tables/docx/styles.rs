//! The styles of a document of tables: rules above and below, headings bold, notes small.

/// The style of tables.
pub(super) const TABLE: &str = "SurveyTable";
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

/// The document's styles.
pub(super) const STYLES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial" w:eastAsia="Arial"/><w:sz w:val="20"/><w:lang w:val="en-US"/></w:rPr></w:rPrDefault>
<w:pPrDefault><w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>
<w:style w:type="paragraph" w:styleId="Caption"><w:name w:val="caption"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/><w:spacing w:after="120"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="TableLabel"><w:name w:val="Table Label"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr><w:spacing w:before="30" w:after="30"/></w:pPr><w:rPr><w:sz w:val="16"/></w:rPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="TableLabelBelow"><w:name w:val="Table Label Below"/><w:basedOn w:val="TableLabel"/><w:qFormat/><w:pPr><w:ind w:left="160"/></w:pPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="TableNumber"><w:name w:val="Table Number"/><w:basedOn w:val="TableLabel"/><w:qFormat/><w:pPr><w:jc w:val="right"/></w:pPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="TableLabelSmall"><w:name w:val="Table Label Small"/><w:basedOn w:val="TableLabel"/><w:qFormat/><w:rPr><w:sz w:val="14"/></w:rPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="TableLabelBelowSmall"><w:name w:val="Table Label Below Small"/><w:basedOn w:val="TableLabelBelow"/><w:qFormat/><w:rPr><w:sz w:val="14"/></w:rPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="TableNumberSmall"><w:name w:val="Table Number Small"/><w:basedOn w:val="TableNumber"/><w:qFormat/><w:rPr><w:sz w:val="14"/></w:rPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="TableNote"><w:name w:val="Table Note"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr><w:spacing w:before="60"/></w:pPr><w:rPr><w:sz w:val="16"/></w:rPr></w:style>
<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="80" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>
<w:style w:type="table" w:customStyle="1" w:styleId="SurveyTable"><w:name w:val="Survey Table"/><w:basedOn w:val="TableNormal"/><w:qFormat/><w:tblPr><w:tblBorders><w:top w:val="single" w:sz="12" w:space="0" w:color="000000"/><w:bottom w:val="single" w:sz="12" w:space="0" w:color="000000"/></w:tblBorders></w:tblPr>
<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:tcBorders><w:bottom w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:tcBorders></w:tcPr></w:tblStylePr></w:style>
</w:styles>
"#;
