//! Time lines: marks on the days of a period, told apart by shape.

use super::super::markup::Voice;
use super::{Label, drawing, line, tenth};
use crate::ingest::When;
use jiff::civil::Date;
use std::fmt::Write;

/// The shape of a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A full disc.
    Disc,
    /// A ring.
    Ring,
    /// A square.
    Square,
    /// A square on its corner.
    Diamond,
    /// A triangle.
    Triangle,
}

/// Something that happened on a day.
#[derive(Debug, Clone)]
pub struct Mark {
    /// The day.
    pub day: Date,
    /// How it is drawn.
    pub shape: Shape,
    /// What it was, with its date.
    pub label: Label,
}

/// What happened within a period.
#[derive(Debug, Clone)]
pub struct Timeline {
    /// An id for its parts, escaped.
    pub id: String,
    /// The title.
    pub title: Label,
    /// From the left edge to the right.
    pub period: When,
    /// Parts of it that are shaded.
    pub shaded: Vec<When>,
    /// The names of its ends.
    pub ends: [Label; 2],
    /// What happened.
    pub marks: Vec<Mark>,
}

const HEIGHT: usize = 40;

impl Timeline {
    /// The drawing; empty where no mark lies within the period. Its description lists the marks: the table alternative of a line.
    pub fn to_html(&self, voice: Voice) -> String {
        let within = |mark: &&Mark| self.period.from <= mark.day && mark.day <= self.period.to;
        let marks: Vec<&Mark> = self.marks.iter().filter(within).collect();
        if marks.is_empty() {
            return String::new();
        }
        let mut body = String::new();
        for part in &self.shaded {
            let (from, to) = (self.place(part.from), self.place(part.to));
            let _ = write!(
                body,
                "<rect class=\"recess\" x=\"{from}%\" y=\"4\" width=\"{}%\" height=\"18\"/>",
                tenth(to - from)
            );
        }
        body.push_str("<line class=\"axis\" x1=\"1%\" x2=\"99%\" y1=\"13\" y2=\"13\"/>");
        for mark in &marks {
            let _ = write!(
                body,
                "<svg x=\"{}%\" y=\"13\" overflow=\"visible\">{}</svg>",
                self.place(mark.day),
                mark.shape.path()
            );
        }
        body.push_str(
            &voice.tagged("text", " class=\"value\" x=\"1%\" y=\"36\"", |lang| self.ends[0][lang as usize].clone()),
        );
        let right = " class=\"value end\" x=\"99%\" y=\"36\"";
        body.push_str(&voice.tagged("text", right, |lang| self.ends[1][lang as usize].clone()));
        let list = |lang| marks.iter().map(|mark| mark.label[lang as usize].as_str()).collect::<Vec<_>>().join("; ");
        let drawing = drawing(&self.id, &line(voice, &self.title), &voice.line(list), HEIGHT, &body);
        format!("<div class=\"timeline\">{drawing}</div>")
    }

    /// Where a day stands, in percent.
    fn place(&self, day: Date) -> f64 {
        let days = |to: Date| f64::from((to - self.period.from).get_days());
        tenth(1.0 + 98.0 * (days(day) / days(self.period.to).max(1.0)).clamp(0.0, 1.0))
    }
}

impl Shape {
    /// A little drawing about the origin, for keys.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Disc => "<circle class=\"mark\" r=\"5\"/>",
            Self::Ring => "<circle class=\"mark open\" r=\"4.2\"/>",
            Self::Square => "<rect class=\"mark reply\" x=\"-4.5\" y=\"-4.5\" width=\"9\" height=\"9\"/>",
            Self::Diamond => "<path class=\"mark\" d=\"M0-6 6 0 0 6-6 0z\"/>",
            Self::Triangle => "<path class=\"mark reply\" d=\"M0-6 6 5H-6z\"/>",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Lang;

    #[test]
    fn marks_outside_the_period_are_not_drawn() {
        let period = When::parse("2024-01-01/2024-12-31").expect("a period");
        let mark = |day: &str| Mark {
            day: day.parse().expect("a day"),
            shape: Shape::Disc,
            label: super::super::label(|_| day.to_owned()),
        };
        let timeline = |days: &[&str]| Timeline {
            id: "t".into(),
            title: Label::default(),
            period,
            shaded: Vec::new(),
            ends: Default::default(),
            marks: days.iter().map(|day| mark(day)).collect(),
        };
        assert!(timeline(&["2023-05-05"]).to_html(Voice::One(Lang::Kk)).is_empty());
        let html = timeline(&["2024-01-01", "2024-12-31", "2025-01-01"]).to_html(Voice::One(Lang::Kk));
        assert!(html.contains("x=\"1%\"") && html.contains("x=\"99%\"") && html.contains("2024-01-01; 2024-12-31<"));
    }
}
