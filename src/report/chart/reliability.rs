//! Reliability diagrams: of the pairs that a model gave about this probability, how many did people confirm? (DeGroot and
//! Fienberg 1983, "The comparison and evaluation of forecasters".) A calibrated model lies on the diagonal.

use super::super::markup::Voice;
use super::{Label, drawing, figure, line, share, tenth};
use std::fmt::Write;

/// Pairs of about the same probability.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bin {
    /// The mean of their probabilities.
    pub predicted: f64,
    /// How many people confirmed.
    pub confirmed: usize,
    /// How many people judged.
    pub judged: usize,
}

/// Judged pairs by probability.
#[derive(Debug, Clone)]
pub struct Reliability {
    /// An id for its parts.
    pub id: &'static str,
    /// The title.
    pub title: Label,
    /// From the least probable.
    pub bins: Vec<Bin>,
}

const SIZE: usize = 230;
const LEAST_JUDGED: usize = 30;

impl Reliability {
    /// Judged pairs, each with its probability and whether people confirmed it, in ten equal steps; `None` of too few.
    pub fn of(id: &'static str, title: Label, judged: &[(f64, bool)]) -> Option<Self> {
        if judged.len() < LEAST_JUDGED {
            return None;
        }
        let mut steps = vec![(0.0, 0, 0); 10];
        for (probability, confirmed) in judged {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 9")]
            let step = &mut steps[((probability * 10.0) as usize).min(9)];
            *step = (step.0 + probability, step.1 + usize::from(*confirmed), step.2 + 1);
        }
        #[expect(clippy::cast_precision_loss, reason = "counts of pairs")]
        let bin =
            |(sum, confirmed, judged): (f64, usize, usize)| Bin { predicted: sum / judged as f64, confirmed, judged };
        Some(Self { id, title, bins: steps.into_iter().filter(|step| step.2 > 0).map(bin).collect() })
    }

    /// The diagram as a figure of html.
    pub fn to_html(&self, voice: Voice) -> String {
        let mut body = format!(
            "<svg width=\"{SIZE}\" height=\"{SIZE}\" viewBox=\"-24 -8 118 118\"><path class=\"axis\" d=\"M0 0V100H100\" fill=\"none\"/><path class=\"diagonal\" d=\"M0 100 100 0\"/>"
        );
        for bin in &self.bins {
            let (x, y) = (tenth(bin.predicted * 100.0), tenth(100.0 - share(bin.confirmed, bin.judged)));
            let _ = write!(body, "<circle class=\"mark\" cx=\"{x}\" cy=\"{y}\" r=\"2.4\"/>");
        }
        body.push_str("<g class=\"tick\"><text x=\"-3\" y=\"102\">0</text><text x=\"-3\" y=\"4\">100</text><text x=\"104\" y=\"109\">100 %</text></g></svg>");
        let description = voice.line(|lang| lang.say("chart-reliability", &[("n", self.bins.len().into())]));
        let drawing = drawing(&format!("{}-0", self.id), &line(voice, &self.title), &description, SIZE, &body);
        figure(self.id, voice, &self.title, "", &drawing, &self.table(voice))
    }

    fn table(&self, voice: Voice) -> String {
        let keys = ["chart-predicted", "chart-confirmed", "chart-judged"];
        let head: String =
            keys.iter().map(|key| format!("<th scope=\"col\">{}</th>", voice.say(|lang| lang.text(key)))).collect();
        let row = |bin: &Bin| {
            let percent = voice.say(|lang| lang.percent(bin.predicted));
            let confirmed = share(bin.confirmed, bin.judged) / 100.0;
            let confirmed = voice.say(|lang| lang.percent(confirmed));
            format!("<tr><td>{percent}</td><td>{confirmed}</td><td>{}</td></tr>", bin.judged)
        };
        let rows: String = self.bins.iter().map(row).collect();
        format!("<thead><tr>{head}</tr></thead><tbody>{rows}</tbody>")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_binned_by_probability_and_too_few_give_no_diagram() {
        let judged: Vec<(f64, bool)> =
            (0..40).map(|n| (if n < 20 { 0.15 } else { 0.95 }, n % 4 != 0 && n >= 20)).collect();
        let bins = Reliability::of("r", Label::default(), &judged).expect("enough").bins;
        assert_eq!(bins.iter().map(|bin| (bin.confirmed, bin.judged)).collect::<Vec<_>>(), [(0, 20), (15, 20)]);
        assert!((bins[1].predicted - 0.95).abs() < 1e-9);
        assert!(Reliability::of("r", Label::default(), &judged[..20]).is_none());
        assert!(Reliability::of("r", Label::default(), &vec![(1.0, true); 30]).is_some(), "probability 1 has a bin");
    }
}
