//! Heat maps: figures in a grid, the deeper the shade the larger the share of its column's whole. Each cell bears its figure.

use super::super::markup::{Voice, escape};
use super::{Label, drawing, figure, line, linked, share, shortened, spoken, tenth};
use crate::locale::Lang;
use std::fmt::Write;

/// One row of a heat map.
#[derive(Debug, Clone)]
pub struct HeatRow {
    /// Its name.
    pub label: Label,
    /// A figure for each column.
    pub values: Vec<usize>,
    /// The anchor of the rows behind the figures; empty where there is none.
    pub behind: String,
}

/// A grid of figures.
#[derive(Debug, Clone)]
pub struct HeatMap {
    /// An id for its parts.
    pub id: &'static str,
    /// The title.
    pub title: Label,
    /// The columns' names, each with the whole that its figures are parts of.
    pub columns: Vec<(Label, usize)>,
    /// The rows, from above.
    pub rows: Vec<HeatRow>,
}

/// Letters of a column's name, written upwards.
const LETTERS: usize = 24;
/// Pixels for a letter of such a name, and around the name.
const LETTER: usize = 7;
const MARGIN: usize = 14;
const NAME: usize = 17;
const CELL: usize = 24;
const GAP: usize = 7;
/// Shares in percent from which a cell is one shade deeper.
const SHADES: [f64; 4] = [0.000_1, 5.0, 15.0, 30.0];

impl HeatMap {
    /// The map as a figure of html; empty where there is nothing to draw.
    pub fn to_html(&self, voice: Voice) -> String {
        if self.rows.is_empty() || self.columns.is_empty() {
            return String::new();
        }
        let width = tenth(100.0 / as_float(self.columns.len()));
        let head = self.head(voice);
        let mut body = String::new();
        for (place, (name, whole)) in self.columns.iter().enumerate() {
            let middle = tenth(width * (as_float(place) + 0.5));
            let _ = write!(body, "<svg x=\"{middle}%\" y=\"{}\" overflow=\"visible\">", head - 6);
            let upwards = " transform=\"rotate(-90)\" x=\"0\" y=\"4\"";
            body.push_str(&voice.tagged("text", upwards, |lang| heading(name, *whole, lang)));
            body.push_str("</svg>");
        }
        for (place, row) in self.rows.iter().enumerate() {
            let top = head + (NAME + CELL + GAP) * place;
            let at = format!(" x=\"0\" y=\"{}\"", top + 13);
            body.push_str(&voice.tagged("text", &at, |lang| shortened(&row.label[lang as usize], 46)));
            for (column, (value, (_, whole))) in row.values.iter().zip(&self.columns).enumerate() {
                let shade = SHADES.iter().filter(|least| share(*value, *whole) >= **least).count();
                let left = tenth(width * as_float(column));
                let _ = write!(
                    body,
                    "<rect class=\"shade-{shade}\" x=\"{left}%\" y=\"{}\" width=\"{width}%\" height=\"{CELL}\"/><text class=\"inside on-{shade}\" x=\"{}%\" y=\"{}\">{value}</text>",
                    top + NAME,
                    tenth(left + width / 2.0),
                    top + NAME + 16
                );
            }
        }
        let args = [("rows", self.rows.len().into()), ("columns", self.columns.len().into())];
        let description = voice.line(|lang| lang.say("chart-heat", &args));
        let height = head + (NAME + CELL + GAP) * self.rows.len();
        let drawing = drawing(&format!("{}-0", self.id), &line(voice, &self.title), &description, height, &body);
        figure(self.id, voice, &self.title, "", &drawing, &self.table(voice))
    }

    /// How high the columns' names stand.
    fn head(&self, voice: Voice) -> usize {
        let langs = match voice {
            Voice::One(lang) => vec![lang],
            Voice::All => Lang::ALL.to_vec(),
        };
        let letters = self
            .columns
            .iter()
            .flat_map(|(name, whole)| langs.iter().map(|lang| heading(name, *whole, *lang).chars().count()));
        letters.max().unwrap_or(0) * LETTER + MARGIN
    }

    fn table(&self, voice: Voice) -> String {
        let name = |(name, whole): &(Label, usize)| format!("<th scope=\"col\">{} · {whole}</th>", spoken(voice, name));
        let head: String = self.columns.iter().map(name).collect();
        let row = |row: &HeatRow| {
            let cells: String = row.values.iter().map(|value| format!("<td>{value}</td>")).collect();
            format!(
                "<tr><th scope=\"row\">{}</th>{cells}</tr>",
                linked(&spoken(voice, &row.label), &escape(&row.behind))
            )
        };
        let rows: String = self.rows.iter().map(row).collect();
        format!("<thead><tr><td></td>{head}</tr></thead><tbody>{rows}</tbody>")
    }
}

/// A column's name with its whole.
fn heading(name: &Label, whole: usize, lang: Lang) -> String {
    format!("{} · {}", shortened(&name[lang as usize], LETTERS), lang.number(as_float(whole)))
}

#[expect(clippy::cast_precision_loss, reason = "counts of rows")]
fn as_float(count: usize) -> f64 {
    count as f64
}
