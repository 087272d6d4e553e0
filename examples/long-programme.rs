//! Writes a programme of many pages as a word processor does, always the same one: for measuring how long a reader takes.
//!
//! `long-programme PAGES FILE.docx [FOLDER]`: sentences of the texts in FOLDER in another order, with other numbers and names, under numbered headings, as
//! paragraphs, items of automatic lists and tables, 2,250 characters a page; each paragraph in several runs, page numbers in the footer.

use saual::evaluation::random::Random;
use std::error::Error;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use zip::write::SimpleFileOptions;

/// Characters of a page in letters of 14 points, as offices print.
const PAGE: usize = 2250;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (pages, file, folder) = match arguments.as_slice() {
        [pages, file] => (pages, file, "corpus/oblast-x/programmes-gold/programmes"),
        [pages, file, folder] => (pages, file, folder.as_str()),
        _ => return Err("usage: long-programme PAGES FILE.docx [FOLDER]".into()),
    };
    let mut writer =
        Writer { sentences: sentences(Path::new(folder))?, chance: Random(6), xml: String::new(), letters: 0 };
    let pages: usize = pages.parse()?;
    let mut chapter = 0;
    while writer.letters < pages * PAGE {
        chapter += 1;
        writer.chapter(chapter);
    }
    let document = format!(
        "{XML}<w:document {WORD}><w:body>{}<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId3\"/>\
         <w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1134\" w:right=\"850\" w:bottom=\"1134\" w:left=\"1701\"/></w:sectPr></w:body></w:document>",
        writer.xml
    );
    let mut archive = zip::ZipWriter::new(std::fs::File::create(file)?);
    for (name, content) in [
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", ROOT),
        ("word/_rels/document.xml.rels", PARTS),
        ("word/styles.xml", STYLES),
        ("word/numbering.xml", NUMBERING),
        ("word/footer1.xml", FOOTER),
        ("word/document.xml", &document),
    ] {
        archive.start_file(name, SimpleFileOptions::default())?;
        let content = content.replace("{XML}", XML).replace("{WORD}", WORD);
        archive.write_all(content.as_bytes())?;
    }
    archive.finish()?;
    Ok(())
}

/// All sentences of the texts in a folder, in the order of the files' names.
fn sentences(folder: &Path) -> Result<Vec<String>, Box<dyn Error>> {
    let mut files: Vec<_> =
        std::fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>()?;
    files.sort();
    let mut sentences = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(file)?;
        let lines = text.lines().map(|line| line.trim_start_matches(|c: char| !c.is_alphabetic()).trim());
        sentences.extend(lines.filter(|line| line.chars().count() > 20).map(str::to_owned));
    }
    if sentences.is_empty() { Err("no sentences there".into()) } else { Ok(sentences) }
}

struct Writer {
    sentences: Vec<String>,
    chance: Random,
    xml: String,
    letters: usize,
}

impl Writer {
    /// A heading, a paragraph or two, a list; in every fifth chapter a table.
    fn chapter(&mut self, number: usize) {
        let heading: Vec<String> = self.sentence().split_whitespace().take(5).map(str::to_owned).collect();
        self.paragraph("<w:pStyle w:val=\"Heading1\"/>", &format!("{number}. {}", heading.join(" ")));
        for _ in 0..=self.chance.below(2) {
            let sentences: Vec<String> = (0..3 + self.chance.below(4)).map(|_| self.sentence()).collect();
            self.paragraph("<w:jc w:val=\"both\"/>", &sentences.join(" "));
        }
        for _ in 0..3 + self.chance.below(6) {
            let item = self.sentence();
            self.paragraph("<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr>", &item);
        }
        if number.is_multiple_of(5) {
            self.xml.push_str("<w:tbl><w:tblPr><w:tblW w:w=\"0\" w:type=\"auto\"/></w:tblPr>");
            for row in 1..=5 {
                let cells = [row.to_string(), self.sentence(), (2026 + self.chance.below(5)).to_string()];
                self.xml.push_str("<w:tr>");
                for cell in cells {
                    self.xml.push_str("<w:tc>");
                    self.paragraph("", &cell);
                    self.xml.push_str("</w:tc>");
                }
                self.xml.push_str("</w:tr>");
            }
            self.xml.push_str("</w:tbl>");
        }
    }

    /// A sentence with other numbers, and other names within it.
    fn sentence(&mut self) -> String {
        let place = self.chance.below(self.sentences.len());
        let words: Vec<String> = self.sentences[place].split_whitespace().map(str::to_owned).collect();
        let mut changed = Vec::with_capacity(words.len());
        for (at, word) in words.into_iter().enumerate() {
            let named = at > 0 && word.chars().count() > 5 && word.starts_with(char::is_uppercase);
            changed.push(match word.parse::<usize>() {
                Ok(_) => (2 + self.chance.below(998)).to_string(),
                Err(_) if named => self.name(&word),
                Err(_) => word,
            });
        }
        changed.join(" ")
    }

    /// An invented name with the end of `word`.
    fn name(&mut self, word: &str) -> String {
        const SYLLABLES: [&str; 16] = [
            "ба", "қа", "ра", "сай", "тас", "бел", "көл", "жар", "мар", "дон", "лес", "гор", "ник", "вод", "сар", "аңғ",
        ];
        let stem: String = (0..3).map(|_| SYLLABLES[self.chance.below(SYLLABLES.len())]).collect();
        let mut letters = stem.chars();
        let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
        first + letters.as_str() + &word.chars().skip(5).collect::<String>()
    }

    /// A paragraph; every few words are a run of their own, as after editing.
    fn paragraph(&mut self, properties: &str, text: &str) {
        self.letters += text.chars().count();
        let _ = write!(self.xml, "<w:p w:rsidR=\"00A77B3E\"><w:pPr>{properties}</w:pPr>");
        let words: Vec<&str> = text.split(' ').collect();
        for run in words.chunks(7) {
            let run = run.join(" ").replace('&', "&amp;").replace('<', "&lt;");
            let _ = write!(
                self.xml,
                "<w:r w:rsidRPr=\"00C41D02\"><w:rPr><w:sz w:val=\"28\"/><w:lang w:val=\"kk-KZ\"/></w:rPr><w:t xml:space=\"preserve\">{run} </w:t></w:r>"
            );
        }
        self.xml.push_str("</w:p>");
    }
}

const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>";
const WORD: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
const TYPES: &str = "{XML}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
    <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
    <Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>\
    <Override PartName=\"/word/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/>\
    <Override PartName=\"/word/numbering.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml\"/>\
    <Override PartName=\"/word/footer1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml\"/></Types>";
const ROOT: &str = "{XML}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
    <Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>";
const PARTS: &str = "{XML}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
    <Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/>\
    <Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering\" Target=\"numbering.xml\"/>\
    <Relationship Id=\"rId3\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer\" Target=\"footer1.xml\"/></Relationships>";
const STYLES: &str = "{XML}<w:styles {WORD}><w:docDefaults><w:rPrDefault><w:rPr>\
    <w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:cs=\"Times New Roman\"/><w:sz w:val=\"28\"/></w:rPr></w:rPrDefault></w:docDefaults>\
    <w:style w:type=\"paragraph\" w:styleId=\"Heading1\"><w:name w:val=\"heading 1\"/><w:pPr><w:keepNext/><w:spacing w:before=\"240\" w:after=\"120\"/>\
    <w:outlineLvl w:val=\"0\"/></w:pPr><w:rPr><w:b/><w:sz w:val=\"36\"/></w:rPr></w:style></w:styles>";
const NUMBERING: &str = "{XML}<w:numbering {WORD}><w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/>\
    <w:numFmt w:val=\"bullet\"/><w:lvlText w:val=\"•\"/><w:pPr><w:ind w:left=\"720\" w:hanging=\"360\"/></w:pPr></w:lvl></w:abstractNum>\
    <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>";
const FOOTER: &str = "{XML}<w:ftr {WORD}><w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>\
    <w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p></w:ftr>";
