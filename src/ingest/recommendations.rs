//! `recommendations.toml`: what the analyst advises, to whom, and which finding calls for it.

use super::choice;
use super::monitor::toml_problem;
use super::problem::Problem;
use crate::locale::Translated;
use serde::Deserialize;

/// The file's name in every project.
pub const FILE: &str = "recommendations.toml";

choice! {
    /// To whom a recommendation is addressed.
    Audience {
        /// Deputies.
        Deputies = "deputies",
        /// The parliament or council and its staff.
        Parliament = "parliament",
        /// Those who answer inquiries: government and local authorities.
        Authorities = "authorities",
        /// Civil society, media and voters.
        Society = "society",
    }
}
choice! {
    /// The finding that calls for a recommendation.
    Occasion {
        /// Programmes could not be obtained.
        ProgrammesNotObtained = "programmes_not_obtained",
        /// Programmes are the party's alone, or there is none.
        NoOwnProgramme = "no_own_programme",
        /// Promises cannot be tested.
        PromisesUntestable = "promises_untestable",
        /// Of promises there is no evidence of work.
        PromisesWithoutEvidence = "promises_without_evidence",
        /// Replies came late or did not come in time.
        RepliesLate = "replies_late",
        /// Of people no meeting in their district is known.
        NoMeetingInDistrict = "no_meeting_in_district",
        /// Published figures contradict one another.
        FiguresContradict = "figures_contradict",
        /// Suggested links await people's judgement.
        LinksUnreviewed = "links_unreviewed",
        /// The tables hold only a part of what there was.
        DataPartial = "data_partial",
    }
}

/// One recommendation.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recommendation {
    /// To whom.
    pub to: Audience,
    /// The finding that calls for it; always given where there is none.
    pub when: Option<Occasion>,
    /// What is advised.
    pub text: Translated,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    recommendation: Vec<Recommendation>,
}

/// Reads the text of `file`; a fault goes to `problems`.
pub fn parse(text: &str, file: &str, problems: &mut Vec<Problem>) -> Option<Vec<Recommendation>> {
    match toml::from_str::<File>(text) {
        Ok(read) => Some(read.recommendation),
        Err(error) => {
            problems.push(toml_problem(file, text, &error));
            None
        }
    }
}

/// The recommendations that ship, in `models/report/recommendations.toml`: used where a project has none of its own.
pub fn bundled() -> Vec<Recommendation> {
    let text = include_str!("../../models/report/recommendations.toml");
    parse(text, "models/report/recommendations.toml", &mut Vec::new()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Lang;
    use std::collections::BTreeSet;

    #[test]
    fn every_finding_has_a_bundled_recommendation_in_every_language() {
        let all = bundled();
        let called: BTreeSet<Occasion> = all.iter().filter_map(|row| row.when).collect();
        assert_eq!(called.len(), Occasion::ALL.len());
        for row in &all {
            let texts: BTreeSet<&str> = Lang::ALL.iter().map(|lang| row.text.in_lang(*lang)).collect();
            assert_eq!(texts.len(), 3, "a language is missing: {row:?}");
        }
    }

    #[test]
    fn a_fault_is_named_with_its_line() {
        let mut problems = Vec::new();
        let text = "[[recommendation]]\nto = 'deputies'\nwhen = 'sunday'\ntext = { en = 'x' }\n";
        assert_eq!(parse(text, FILE, &mut problems), None);
        assert_eq!(problems[0].place(), "recommendations.toml:3");
    }
}
