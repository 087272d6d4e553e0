//! How a workbook looks, and its first sheet, which explains the others.

use super::super::dates;
use super::xlsx::{Cut, clean};
use crate::evidence::Status;
use crate::ingest::Extent;
use crate::locale::Lang;
use crate::run::Run;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Url, Worksheet, XlsxError};

/// The formats of cells.
pub struct Look {
    /// Above a column.
    pub header: Format,
    /// One line.
    pub text: Format,
    /// Several lines.
    pub prose: Format,
    /// A whole number.
    pub count: Format,
    /// A number.
    pub number: Format,
    /// A day.
    pub date: Format,
    /// A link.
    pub link: Format,
    title: Format,
    strong: Format,
    statuses: Vec<(&'static str, Format)>,
}

impl Default for Look {
    fn default() -> Self {
        let text = Format::new().set_align(FormatAlign::Top);
        let prose = text.clone().set_text_wrap();
        // The shades of the page.
        let shaded = [
            (Status::CoSigned, 0x00cf_e6f2, false),
            (Status::Initiated, 0x008c_c3de, false),
            (Status::Answered, 0x0047_95bd, true),
            (Status::Acted, 0x001f_6c94, true),
            (Status::OutcomeVerified, 0x000d_4a2f, true),
            (Status::Contradicted, 0x00a3_262a, true),
        ];
        let shade = |(status, colour, light): (Status, u32, bool)| {
            let format = prose.clone().set_background_color(Color::RGB(colour));
            (status.code(), if light { format.set_font_color(Color::White) } else { format })
        };
        Self {
            header: prose
                .clone()
                .set_bold()
                .set_background_color(Color::RGB(0x00e8_edf0))
                .set_border_bottom(FormatBorder::Thin),
            count: text.clone().set_num_format("0"),
            number: text.clone().set_num_format("0.00"),
            date: text.clone().set_num_format("yyyy-mm-dd").set_align(FormatAlign::Left),
            link: text.clone().set_font_color(Color::RGB(0x001f_6c94)),
            title: text.clone().set_bold().set_font_size(16),
            strong: text.clone().set_bold(),
            statuses: shaded.into_iter().map(shade).collect(),
            text,
            prose,
        }
    }
}

impl Look {
    /// The format of a status.
    pub fn status(&self, code: &str) -> &Format {
        self.statuses.iter().find(|(status, _)| *status == code).map_or(&self.text, |(_, format)| format)
    }
}

/// The width of the first sheet's second column, in digits.
const WIDE: u16 = 100;
/// Points of a line.
const LINE: f64 = 15.0;
/// Lines that a row shows at most: a row can be 409 points high.
const MOST_LINES: u32 = 27;

/// Lines that `text` takes in a column `width` digits wide, letters being a little wider than digits. Programs that open a workbook do
/// not all measure it themselves.
pub fn lines(text: &str, width: u16) -> u32 {
    let of = |line: &str| (line.chars().count() * 11).div_ceil(usize::from(width.max(1)) * 10).max(1);
    u32::try_from(text.lines().map(of).sum::<usize>()).unwrap_or(MOST_LINES).clamp(1, MOST_LINES)
}

/// Points that `lines` take.
pub fn height(lines: u32) -> f64 {
    f64::from(lines) * LINE
}

/// Fills the first sheet: what the project is, what the sheets hold, how sure it is, what it was made from.
pub fn explain(
    sheet: &mut Worksheet,
    run: &Run,
    lang: Lang,
    look: &Look,
    counts: &[(&'static str, usize)],
    cut: Cut,
) -> Result<(), XlsxError> {
    let mut page = Page { sheet, row: 0 };
    page.sheet.set_column_width(0, 34)?;
    page.sheet.set_column_width(1, f64::from(WIDE))?;
    let monitor = &run.project.monitor;
    page.sheet.set_row_height(0, 24)?;
    page.line([monitor.title.in_lang(lang), ""], [&look.title, &look.text])?;
    let mut paragraphs = vec![monitor.parliament.in_lang(lang).to_owned()];
    paragraphs.extend(monitor.period.map(|period| dates::long(period, lang)));
    if monitor.fictional {
        paragraphs.push(lang.text("page-fictional"));
    }
    paragraphs.push(lang.text("evidence-caveat"));
    paragraphs.push(lang.text("page-method-ladder"));
    if monitor.coverage.inquiries == Extent::Partial {
        paragraphs.push(lang.text("page-partial"));
    }
    if cut.cells > 0 {
        paragraphs.push(lang.say("export-cut-cells", &[("n", cut.cells.into())]));
    }
    if cut.rows > 0 {
        paragraphs.push(lang.say("export-cut-rows", &[("n", cut.rows.into())]));
    }
    for paragraph in paragraphs.iter().filter(|paragraph| !paragraph.is_empty()) {
        page.line(["", paragraph], [&look.text, &look.prose])?;
    }
    page.heading(&lang.text("export-sheets"), look)?;
    for (table, rows) in counts {
        let rows = lang.say("export-rows", &[("n", (*rows).into())]);
        let about = format!("{} {rows}", lang.text(&format!("about-{table}")));
        let name = lang.text(&format!("sheet-{table}"));
        let sheet = Url::new(format!("internal:'{name}'!A1")).set_text(&name);
        page.sheet.write_url_with_format(page.row, 0, sheet, &look.link)?;
        page.line(["", &about], [&look.text, &look.prose])?;
    }
    page.heading(&lang.text("page-method"), look)?;
    let manifest = &run.manifest;
    let source = [monitor.source.name.in_lang(lang), monitor.source.url.as_str()].join(" ");
    for (key, value) in [
        ("page-source", source.trim()),
        ("page-link-model", &format!("{} ({})", manifest.link_model, manifest.link_model_hash)),
        ("page-analyzer", &manifest.analyzer),
        ("page-taxonomy", &manifest.taxonomy),
        ("export-encoder", &manifest.encoder),
        ("export-program", &format!("saual {}", manifest.saual)),
    ] {
        page.line([&lang.text(key), value], [&look.text, &look.prose])?;
    }
    page.heading(&lang.text("page-inputs"), look)?;
    for (file, hash) in &manifest.inputs {
        page.line([file, hash], [&look.text, &look.text])?;
    }
    page.sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    Ok(())
}

struct Page<'a> {
    sheet: &'a mut Worksheet,
    row: u32,
}

impl Page<'_> {
    fn line(&mut self, cells: [&str; 2], formats: [&Format; 2]) -> Result<(), XlsxError> {
        for ((place, cell), format) in (0..).zip(cells).zip(formats) {
            if !cell.is_empty() {
                self.sheet.write_string_with_format(self.row, place, clean(cell, &mut Cut::default()), format)?;
            }
        }
        let lines = lines(cells[1], WIDE);
        if lines > 1 {
            self.sheet.set_row_height(self.row, height(lines))?;
        }
        self.row += 1;
        Ok(())
    }

    fn heading(&mut self, text: &str, look: &Look) -> Result<(), XlsxError> {
        self.row += 1;
        self.line([text, ""], [&look.strong, &look.text])
    }
}
