//! Parts of a whole: one bar a row, as long as all others, cut into shares. The row's name states the whole.

use super::super::markup::{Voice, escape};
use super::{Label, drawing, figure, legend, line, linked, panels, share, shortened, spoken, tenth};
use std::fmt::Write;

/// One row: a whole and its parts.
#[derive(Debug, Clone)]
pub struct PartRow {
    /// Its name.
    pub label: Label,
    /// A figure for each part; they add up to the whole.
    pub values: Vec<usize>,
    /// The anchor of the rows behind the figures; empty where there is none.
    pub behind: String,
}

/// A chart of wholes cut into parts.
#[derive(Debug, Clone)]
pub struct Parts {
    /// An id for its parts.
    pub id: &'static str,
    /// The title.
    pub title: Label,
    /// The class of the fill and the name of each part, from the left.
    pub parts: Vec<(String, Label)>,
    /// The rows, from above.
    pub rows: Vec<PartRow>,
}

const NAME: usize = 17;
const BAR: usize = 18;
const GAP: usize = 9;
/// A narrower part has no room for its figure, which stands in the table.
const NARROW: f64 = 5.0;

impl Parts {
    /// The chart as a figure of html; empty where there is nothing to draw.
    pub fn to_html(&self, voice: Voice) -> String {
        if self.rows.is_empty() {
            return String::new();
        }
        let used = |place: usize| self.rows.iter().any(|row| row.values[place] > 0);
        let named = self.parts.iter().enumerate().filter(|(place, _)| used(*place)).map(|(_, part)| part.clone());
        let legend = legend(voice, named);
        let drawings: String = panels(&self.rows)
            .enumerate()
            .map(|(place, rows)| self.panel(voice, &format!("{}-{place}", self.id), rows))
            .collect();
        figure(self.id, voice, &self.title, &legend, &drawings, &self.table(voice))
    }

    fn panel(&self, voice: Voice, id: &str, rows: &[PartRow]) -> String {
        let height = NAME + BAR + GAP;
        let mut body = String::new();
        for (place, row) in rows.iter().enumerate() {
            let whole: usize = row.values.iter().sum();
            let top = height * place;
            let at = format!(" x=\"0\" y=\"{}\"", top + 13);
            body.push_str(
                &voice.tagged("text", &at, |lang| format!("{} · {whole}", shortened(&row.label[lang as usize], 42))),
            );
            let mut left = 0.0;
            for (value, (class, _)) in row.values.iter().zip(&self.parts).filter(|(value, _)| **value > 0) {
                let width = share(*value, whole);
                let _ = write!(
                    body,
                    "<rect class=\"{class}\" x=\"{}%\" y=\"{}\" width=\"{}%\" height=\"{BAR}\"/>",
                    tenth(left),
                    top + NAME,
                    tenth(width)
                );
                if width >= NARROW {
                    let middle = tenth(left + width / 2.0);
                    let y = top + NAME + BAR - 5;
                    let _ = write!(body, "<text class=\"inside\" x=\"{middle}%\" y=\"{y}\">{value}</text>");
                }
                left += width;
            }
        }
        let description = voice.line(|lang| lang.say("chart-parts", &[("n", rows.len().into())]));
        drawing(id, &line(voice, &self.title), &description, height * rows.len(), &body)
    }

    fn table(&self, voice: Voice) -> String {
        let name = |(_, label): &(String, Label)| format!("<th scope=\"col\">{}</th>", spoken(voice, label));
        let head: String = self.parts.iter().map(name).collect();
        let all = voice.say(|lang| lang.text("page-all"));
        let row = |row: &PartRow| {
            let cells: String = row.values.iter().map(|value| format!("<td>{value}</td>")).collect();
            let whole: usize = row.values.iter().sum();
            let name = linked(&spoken(voice, &row.label), &escape(&row.behind));
            format!("<tr><th scope=\"row\">{name}</th>{cells}<td>{whole}</td></tr>")
        };
        let rows: String = self.rows.iter().map(row).collect();
        format!("<thead><tr><td></td>{head}<th scope=\"col\">{all}</th></tr></thead><tbody>{rows}</tbody>")
    }
}
