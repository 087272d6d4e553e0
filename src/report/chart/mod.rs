//! Charts as inline svg: bars, parts of a whole, heat maps, time lines, reliability.
//!
//! Takes figures with their labels; gives a `figure` of html: caption, key, drawing and the same figures as a table for those who
//! cannot see it. Widths are shares of the page, letters keep their size: one drawing serves a telephone and a sheet of paper.
//! Promises: nothing is said by colour alone; each drawing has a title and a description. Knows nothing of: what is drawn.

mod bars;
mod heat;
mod parts;
mod reliability;
mod timeline;

pub use bars::{Bar, BarChart};
pub use heat::{HeatMap, HeatRow};
pub use parts::{PartRow, Parts};
pub use reliability::{Bin, Reliability};
pub use timeline::{Mark, Shape, Timeline};

use super::markup::Voice;
use crate::locale::Lang;

/// A text in all three languages, not yet escaped.
pub type Label = [String; 3];

/// The label that `say` says.
pub fn label(say: impl Fn(Lang) -> String) -> Label {
    Lang::ALL.map(say)
}

/// The label of a message key.
pub fn text(key: &str) -> Label {
    label(|lang| lang.text(key))
}

/// Patterns that fills refer to: once on every page that has charts.
pub const PATTERNS: &str = include_str!("../templates/patterns.svg");

/// The most rows that stand in one drawing: a printed page holds no more.
const ROWS: usize = 15;

/// A figure: its caption, key, drawings and table.
fn figure(id: &str, voice: Voice, title: &Label, legend: &str, drawings: &str, table: &str) -> String {
    if drawings.is_empty() {
        return String::new();
    }
    let (caption, name) = (spoken(voice, title), line(voice, title));
    let summary = voice.say(|lang| lang.text("page-as-table"));
    let table = if table.is_empty() {
        String::new()
    } else {
        format!(
            "<details class=\"data\"><summary>{summary}</summary><div class=\"scroll\" role=\"group\" tabindex=\"0\" aria-label=\"{name}\"><table>{table}</table></div></details>"
        )
    };
    format!(
        "<figure class=\"chart\" id=\"{id}\"><figcaption>{caption}</figcaption>{legend}<div class=\"panels\">{drawings}</div>{table}</figure>"
    )
}

/// A drawing `height` pixels high and as wide as its place, with its title and description.
fn drawing(id: &str, title: &str, description: &str, height: usize, body: &str) -> String {
    format!(
        "<svg width=\"100%\" height=\"{height}\" role=\"img\" aria-labelledby=\"{id}-t {id}-d\"><title id=\"{id}-t\">{title}</title><desc id=\"{id}-d\">{description}</desc>{body}</svg>"
    )
}

/// Rows shared out over drawings: few stand in one, many in as even panels as a page can hold.
fn panels<T>(rows: &[T]) -> std::slice::Chunks<'_, T> {
    let panels = rows.len().div_ceil(ROWS).max(1);
    // An even number fills both columns of a page.
    let panels = if panels > 1 { panels.next_multiple_of(2) } else { 1 };
    rows.chunks(rows.len().div_ceil(panels).max(1))
}

/// The key of a chart: a swatch and a name for each fill.
fn legend(voice: Voice, entries: impl Iterator<Item = (String, Label)>) -> String {
    let entry = |(class, label): (String, Label)| {
        format!(
            "<li><svg class=\"swatch\" width=\"18\" height=\"12\" aria-hidden=\"true\"><rect class=\"{class}\" width=\"18\" height=\"12\"/></svg> {}</li>",
            spoken(voice, &label)
        )
    };
    format!("<ul class=\"legend\">{}</ul>", entries.map(entry).collect::<String>())
}

fn spoken(voice: Voice, label: &Label) -> String {
    voice.say(|lang| label[lang as usize].clone())
}

fn line(voice: Voice, label: &Label) -> String {
    voice.line(|lang| label[lang as usize].clone())
}

/// A figure that leads to what stands behind it.
fn linked(text: &str, anchor: &str) -> String {
    if anchor.is_empty() { text.to_owned() } else { format!("<a href=\"#{anchor}\">{text}</a>") }
}

/// A label that fits a drawing.
fn shortened(label: &str, longest: usize) -> String {
    if label.chars().count() <= longest {
        return label.to_owned();
    }
    label.chars().take(longest - 1).chain(['…']).collect()
}

/// One decimal is finer than a pixel.
fn tenth(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

/// `part` of `whole` in percent; 0 of nothing.
#[expect(clippy::cast_precision_loss, reason = "counts of rows")]
fn share(part: usize, whole: usize) -> f64 {
    part as f64 * 100.0 / whole.max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bars(rows: usize) -> BarChart {
        let bar = |n: usize| Bar {
            label: label(|lang| format!("<{n}> {lang}")),
            values: vec![Some(3.0), None],
            behind: vec!["o-1".to_owned(), String::new()],
        };
        BarChart {
            id: "x",
            title: text("page-all"),
            series: vec!["measure-deputies", "page-all"],
            bars: (0..rows).map(bar).collect(),
        }
    }

    #[test]
    fn many_rows_fill_whole_columns_of_a_page() {
        let split = |rows: usize| panels(&vec![(); rows]).map(<[()]>::len).collect::<Vec<_>>();
        assert_eq!((split(9), split(29)), (vec![9], vec![15, 14]));
        assert!(split(150).iter().all(|rows| *rows <= ROWS) && split(150).len() == 10);
    }

    #[test]
    fn a_chart_speaks_one_language_and_escapes_names() {
        let html = bars(2).to_html(Voice::One(Lang::En), true);
        assert!(html.contains("&lt;0&gt; en") && !html.contains("<0>") && !html.contains("kk"), "{html}");
        assert!(html.contains("<a href=\"#o-1\">3</a>") && html.contains("role=\"img\"") && html.contains("<desc"));
        assert!(bars(0).to_html(Voice::All, false).is_empty());
        assert!(!bars(1).to_html(Voice::All, false).contains("href"));
    }
}
