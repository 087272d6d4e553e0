//! Bar charts as inline svg, with a table of the same figures for those who cannot see them.

use super::markup::{escape, in_all, tagged};
use super::wording::number;
use crate::locale::Lang;
use std::fmt::Write;

/// One line of a chart.
#[derive(Debug, Clone)]
pub struct Bar {
    /// Its name in each language.
    pub label: [String; 3],
    /// One value a series; `None` where it is unknown.
    pub values: Vec<Option<f64>>,
}

/// A chart: horizontal bars, one or two series.
#[derive(Debug, Clone)]
pub struct Chart {
    /// An id for its parts.
    pub id: &'static str,
    /// Message keys: the title, and the name of each series.
    pub title: &'static str,
    /// Message keys of the series.
    pub series: Vec<&'static str>,
    /// The bars, from above.
    pub bars: Vec<Bar>,
}

const LABELS: f64 = 330.0;
const WIDTH: f64 = 900.0;
const BAR: f64 = 13.0;
const GAP: f64 = 9.0;

impl Chart {
    /// The chart as a figure of html; empty where there is nothing to draw.
    pub fn to_html(&self) -> String {
        if self.bars.is_empty() {
            return String::new();
        }
        format!(
            "<figure class=\"chart\" id=\"{}\"><figcaption>{}</figcaption>{}{}{}</figure>",
            self.id,
            in_all(|lang| lang.text(self.title)),
            self.legend(),
            self.svg(),
            self.table()
        )
    }

    fn legend(&self) -> String {
        if self.series.len() < 2 {
            return String::new();
        }
        let entry = |(place, key): (usize, &&str)| {
            format!("<span class=\"key\"><i class=\"series-{place}\"></i>{}</span>", in_all(|lang| lang.text(key)))
        };
        format!("<p class=\"legend\">{}</p>", self.series.iter().enumerate().map(entry).collect::<String>())
    }

    fn svg(&self) -> String {
        let series = self.series.len().max(1);
        #[expect(clippy::cast_precision_loss, reason = "a few bars")]
        let (line, height) = {
            let line = BAR * series as f64 + GAP;
            (line, line * self.bars.len() as f64 + GAP)
        };
        let largest = self.bars.iter().flat_map(|bar| bar.values.iter().flatten()).fold(1.0_f64, |a, b| a.max(*b));
        let scale = (WIDTH - LABELS - 60.0) / largest;
        let mut svg = format!(
            "<svg viewBox=\"0 0 {WIDTH} {height:.0}\" role=\"img\" aria-labelledby=\"{0}-t\"><title id=\"{0}-t\">{1}</title>\
             <defs><pattern id=\"{0}-hatch\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">\
             <rect width=\"5\" height=\"5\" class=\"hatch-ground\"/><rect width=\"2\" height=\"5\" class=\"hatch-line\"/></pattern></defs>",
            self.id,
            escape(&Lang::ALL.map(|lang| lang.text(self.title)).join(" / "))
        );
        let mut top = GAP;
        for bar in &self.bars {
            let middle = top + (line - GAP) / 2.0 + 4.0;
            let place = format!(" x=\"{:.0}\" y=\"{middle:.1}\" text-anchor=\"end\"", LABELS - 8.0);
            svg.push_str(&tagged("text", &place, |lang| shorten(&bar.label[lang as usize])));
            for (series, value) in bar.values.iter().enumerate() {
                #[expect(clippy::cast_precision_loss, reason = "a few series")]
                let y = top + BAR * series as f64;
                let text = value.map_or_else(|| "?".to_owned(), number);
                let width = value.unwrap_or(0.0) * scale;
                let fill = if series == 0 { String::new() } else { format!(" style=\"fill:url(#{}-hatch)\"", self.id) };
                let _ = write!(
                    svg,
                    "<rect class=\"series-{series}\" x=\"{LABELS}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{:.0}\"{fill}/>\
                     <text class=\"value\" x=\"{:.1}\" y=\"{:.1}\">{text}</text>",
                    BAR - 2.0,
                    LABELS + width + 5.0,
                    y + BAR - 3.5
                );
            }
            top += line;
        }
        svg.push_str("</svg>");
        svg
    }

    fn table(&self) -> String {
        let head: String =
            self.series.iter().map(|key| format!("<th scope=\"col\">{}</th>", in_all(|lang| lang.text(key)))).collect();
        let row = |bar: &Bar| {
            let cell = |value: &Option<f64>| format!("<td>{}</td>", value.map_or_else(|| "?".to_owned(), number));
            let cells: String = bar.values.iter().map(cell).collect();
            format!("<tr><th scope=\"row\">{}</th>{cells}</tr>", in_all(|lang| bar.label[lang as usize].clone()))
        };
        let rows: String = self.bars.iter().map(row).collect();
        let summary = in_all(|lang| lang.text("page-as-table"));
        format!(
            "<details class=\"data\"><summary>{summary}</summary><table><tr><td></td>{head}</tr>{rows}</table></details>"
        )
    }
}

/// A label that fits beside the bars.
fn shorten(label: &str) -> String {
    const LONGEST: usize = 48;
    if label.chars().count() <= LONGEST {
        return label.to_owned();
    }
    label.chars().take(LONGEST - 1).chain(['…']).collect()
}
