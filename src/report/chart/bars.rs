//! Horizontal bars, one or two series a row.

use super::super::markup::{Voice, escape};
use super::{Label, drawing, figure, legend, line, linked, panels, shortened, spoken, tenth, text};
use std::fmt::Write;

/// One row of a chart.
#[derive(Debug, Clone)]
pub struct Bar {
    /// Its name.
    pub label: Label,
    /// One value a series; `None` where it is unknown.
    pub values: Vec<Option<f64>>,
    /// For each value the anchor of the rows behind it; empty where there is none.
    pub behind: Vec<String>,
}

/// A chart: rows of bars, one or two series.
#[derive(Debug, Clone)]
pub struct BarChart {
    /// An id for its parts.
    pub id: &'static str,
    /// The title.
    pub title: Label,
    /// Message keys of the series.
    pub series: Vec<&'static str>,
    /// The rows, from above.
    pub bars: Vec<Bar>,
}

const NAME: usize = 17;
const BAR: usize = 12;
const GAP: usize = 8;
/// The longest bar, in percent of the width; the figure stands behind it.
const LONGEST: f64 = 86.0;

impl BarChart {
    /// The chart as a figure of html; empty where there is nothing to draw. With `links`, the figures of the table lead to the rows
    /// behind them.
    pub fn to_html(&self, voice: Voice, links: bool) -> String {
        if self.bars.is_empty() {
            return String::new();
        }
        let names = self.series.iter().enumerate().map(|(place, key)| (format!("fill-{place}"), text(key)));
        let legend = if self.series.len() > 1 { legend(voice, names) } else { String::new() };
        let largest = self.bars.iter().flat_map(|bar| bar.values.iter().flatten()).fold(1.0_f64, |a, b| a.max(*b));
        let drawings: String = panels(&self.bars)
            .enumerate()
            .map(|(place, bars)| self.panel(voice, &format!("{}-{place}", self.id), bars, LONGEST / largest))
            .collect();
        figure(self.id, voice, &self.title, &legend, &drawings, &self.table(voice, links))
    }

    fn panel(&self, voice: Voice, id: &str, bars: &[Bar], scale: f64) -> String {
        let mut body = String::new();
        let mut top = 0;
        for bar in bars {
            let names = bar.label.clone().map(|name| two_lines(&name));
            for line in 0..2 {
                if names.iter().any(|name| !name[line].is_empty()) {
                    let at = format!(" x=\"0\" y=\"{}\"", top + 13);
                    body.push_str(&voice.tagged("text", &at, |lang| names[lang as usize][line].clone()));
                    top += NAME;
                }
            }
            for (series, value) in bar.values.iter().enumerate() {
                let y = top + BAR * series;
                let width = tenth(value.unwrap_or(0.0) * scale);
                let figure = figure_of(voice, *value);
                let _ = write!(
                    body,
                    "<rect class=\"fill-{series}\" y=\"{y}\" width=\"{width}%\" height=\"{}\"/><text class=\"value\" x=\"{width}%\" dx=\"5\" y=\"{}\">{figure}</text>",
                    BAR - 2,
                    y + BAR - 3
                );
            }
            top += BAR * self.series.len().max(1) + GAP;
        }
        let description = voice.line(|lang| lang.say("chart-bars", &[("n", bars.len().into())]));
        drawing(id, &line(voice, &self.title), &description, top, &body)
    }

    fn table(&self, voice: Voice, links: bool) -> String {
        let head: String =
            self.series.iter().map(|key| format!("<th scope=\"col\">{}</th>", spoken(voice, &text(key)))).collect();
        let row = |bar: &Bar| {
            let cell = |(place, value): (usize, &Option<f64>)| {
                let anchor = bar.behind.get(place).filter(|_| links).map_or("", String::as_str);
                format!("<td>{}</td>", linked(&figure_of(voice, *value), &escape(anchor)))
            };
            let cells: String = bar.values.iter().enumerate().map(cell).collect();
            format!("<tr><th scope=\"row\">{}</th>{cells}</tr>", spoken(voice, &bar.label))
        };
        let rows: String = self.bars.iter().map(row).collect();
        format!("<thead><tr><td></td>{head}</tr></thead><tbody>{rows}</tbody>")
    }
}

/// A value as text; `?` where it is unknown.
fn figure_of(voice: Voice, value: Option<f64>) -> String {
    value.map_or_else(|| "?".to_owned(), |value| voice.say(|lang| lang.number(value)))
}

/// A name in one line or two, each short enough for a telephone.
fn two_lines(name: &str) -> [String; 2] {
    const LETTERS: usize = 46;
    let Some((limit, _)) = name.char_indices().nth(LETTERS) else { return [name.to_owned(), String::new()] };
    let cut = name[..limit].rfind(' ').unwrap_or(limit);
    [name[..cut].to_owned(), shortened(name[cut..].trim_start(), LETTERS)]
}

#[cfg(test)]
mod tests {
    use super::two_lines;

    #[test]
    fn a_long_name_goes_on_in_a_second_line() {
        assert_eq!(two_lines("Ауыл"), ["Ауыл", ""]);
        let long = "Өздері дайындап, «Аманаттың» бағдарламасына да сүйенгендер";
        assert_eq!(two_lines(long), ["Өздері дайындап, «Аманаттың» бағдарламасына", "да сүйенгендер"]);
        assert_eq!(two_lines(&"ә".repeat(60)), ["ә".repeat(46), "ә".repeat(14)]);
        assert!(two_lines(&"ab ".repeat(60))[1].ends_with('…'));
    }
}
