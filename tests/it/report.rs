//! The monitoring report: every figure of the source report, its contradictions, the rows behind figures, one language a file.

use crate::{project, repository};
use saual::locale::Lang;
use saual::report::monitoring::{self, Agreement};
use saual::run::{Language, Run, Settings, run};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::OnceLock;

fn language() -> &'static Language {
    static LANGUAGE: OnceLock<Language> = OnceLock::new();
    LANGUAGE.get_or_init(|| Language::bundled().expect("bundled tables"))
}

fn of(folder: &Path) -> Run {
    run(folder, language(), &Settings::default().keep_going(true), &|_| {}).expect("a run")
}

fn mazhilis() -> &'static Run {
    static RUN: OnceLock<Run> = OnceLock::new();
    RUN.get_or_init(|| of(&repository("corpus/mazhilis-2023")))
}

fn page(run: &Run, lang: Lang) -> String {
    monitoring::render(run, lang, None).expect("a page")
}

/// The parts of `html` that stand between `open` and `close`.
fn between<'a>(html: &'a str, open: &str, close: &str) -> Vec<&'a str> {
    html.split(open).skip(1).filter_map(|rest| rest.split_once(close)).map(|(part, _)| part).collect()
}

/// The figures of a diagram's table: the row's name, then its values.
fn table(html: &str, diagram: &str) -> Vec<(String, Vec<f64>)> {
    let figure = between(html, &format!("<figure class=\"chart\" id=\"{diagram}\">"), "</figure>");
    let rows = between(figure[0], "<tr><th scope=\"row\">", "</tr>");
    let cell = |cell: &str| cell.rsplit_once('>').map_or(cell, |(_, text)| text).parse().expect("a figure");
    let row = |row: &str| {
        let (name, _) = row.split_once("</th>").expect("a name");
        let cells = between(row, "<td>", "</td>").into_iter().map(|text| cell(text.trim_end_matches("</a>"))).collect();
        (name.to_owned(), cells)
    };
    rows.into_iter().map(row).collect()
}

/// Published figures of a diagram, by measure, as a sorted list.
fn published(diagram: &str, measure: &str) -> Vec<f64> {
    let rows = mazhilis().project.published.iter().filter(|row| row.place == diagram && row.measure == measure);
    let mut values: Vec<f64> = rows.map(|row| row.value).collect();
    values.sort_by(f64::total_cmp);
    values
}

#[test]
fn every_figure_of_the_five_diagrams_is_reproduced() {
    let html = page(mazhilis(), Lang::Kk);
    let cases: [(&str, &[&str], usize, [f64; 2]); 5] = [
        ("diagram-1", &["deputies"], 3, [29.0, 0.0]),
        ("diagram-2", &["deputies"], 4, [29.0, 0.0]),
        ("diagram-3", &["deputies", "inquiries_initiated"], 8, [98.0, 449.0]),
        ("diagram-4", &["inquiries_initiated", "inquiries_cosigned"], 29, [136.0, 553.0]),
        ("diagram-5", &["meetings_in_district", "meetings_out_of_district"], 29, [269.0, 119.0]),
    ];
    for (diagram, measures, rows, totals) in cases {
        let shown = table(&html, diagram);
        assert_eq!(shown.len(), rows, "{diagram}");
        for (place, measure) in measures.iter().enumerate() {
            let mut values: Vec<f64> = shown.iter().map(|(_, values)| values[place]).collect();
            assert_eq!(values.iter().sum::<f64>(), totals[place], "{diagram} {measure}");
            values.sort_by(f64::total_cmp);
            assert_eq!(values, published(diagram, measure), "{diagram} {measure}");
        }
    }
    let kuspan = table(&html, "diagram-4").into_iter().find(|(name, _)| name.starts_with("Құспан")).expect("a row");
    assert_eq!(kuspan.1, [12.0, 27.0]);
    assert_eq!(table(&html, "diagram-1").iter().map(|(_, values)| values[0]).collect::<Vec<_>>(), [13.0, 9.0, 7.0]);
}

#[test]
fn contradictions_are_flagged_with_the_quoted_words() {
    let html = page(mazhilis(), Lang::Ru);
    let findings = between(&html, "<div class=\"finding\">", "</div>");
    assert_eq!(findings.len(), mazhilis().audit.findings().count());
    for words in ["25 депутаты 87 ғана сауалнама жіберген", "барлығы 140 сауалнама ғана", "Алматы қаласынан-3"]
    {
        assert!(findings.iter().any(|finding| finding.contains(words)), "{words}");
    }
}

#[test]
fn people_stand_by_name_and_never_by_number() {
    let html = page(mazhilis(), Lang::Kk);
    let names: Vec<String> = table(&html, "diagram-4").into_iter().map(|(name, _)| name).collect();
    assert_eq!(names[..4], ["Амантай Жарқынбек", "Әбіл Еркін", "Әлишев Қазбек", "Базарбек Бақытжан"]);
    let meetings: Vec<String> = table(&html, "diagram-5").into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, meetings);
}

#[test]
fn every_link_of_the_page_leads_somewhere_and_ids_are_unique() {
    let oblast = of(&repository("corpus/oblast-x"));
    for (run, lang) in [(mazhilis(), Lang::Kk), (&oblast, Lang::En)] {
        let html = page(run, lang);
        let all = between(&html, " id=\"", "\"");
        let ids: BTreeSet<&str> = all.iter().copied().collect();
        assert_eq!(ids.len(), all.len(), "an id stands twice");
        let dangling: BTreeSet<&str> =
            between(&html, "href=\"#", "\"").into_iter().filter(|anchor| !ids.contains(anchor)).collect();
        assert!(dangling.is_empty(), "{dangling:?}");
        for id in between(&html, "labelledby=\"", "\"").into_iter().flat_map(str::split_whitespace) {
            assert!(ids.contains(id), "{id}");
        }
    }
}

#[test]
fn a_page_asks_nothing_of_the_network_speaks_one_language_and_names_no_missing_key() {
    for lang in Lang::ALL {
        let html = page(mazhilis(), lang);
        assert!(html.starts_with("<!doctype html>") && html.contains(&format!("<html lang=\"{lang}\">")));
        for loading in ["<script", "<link", "<img", "<iframe", "@import", "src=", "url(http", "url(\"", "url(/"] {
            assert!(!html.contains(loading), "{loading}");
        }
        for other in Lang::ALL.into_iter().filter(|other| *other != lang) {
            let caveat = other.text("report-caveat");
            assert!(!html.contains(&caveat), "{other} on the page in {lang}");
        }
        let text: String = html.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text).collect();
        for prefix in ["report-", "summary-", "finding-", "status-", "chart-", "reply-", "act-", "month-", "origin-"] {
            assert!(!text.contains(prefix), "{lang}: a key beginning with {prefix} is shown");
        }
    }
}

#[test]
fn every_key_of_the_templates_exists() {
    let folder = repository("src/report/templates");
    let mut keys = BTreeSet::new();
    for file in std::fs::read_dir(folder).expect("templates") {
        let text = std::fs::read_to_string(file.expect("a file").path()).expect("a template");
        keys.extend(between(&text, "t(\"", "\"").into_iter().map(str::to_owned));
    }
    assert!(keys.len() > 100, "{} keys", keys.len());
    for lang in Lang::ALL {
        let missing: Vec<&String> = keys.iter().filter(|key| !key.ends_with('-') && lang.find(key).is_none()).collect();
        assert!(missing.is_empty(), "help: add to src/locale/{lang}.ftl: {missing:?}");
    }
}

#[test]
fn the_same_run_gives_the_same_bytes() {
    let again = of(&repository("corpus/mazhilis-2023"));
    for lang in Lang::ALL {
        assert!(page(mazhilis(), lang) == page(&again, lang), "{lang}");
    }
}

#[test]
fn an_invented_project_says_so_on_every_printed_page() {
    let html = page(&of(&repository("corpus/oblast-x")), Lang::Kk);
    let notice = Lang::Kk.text("report-fictional-short");
    assert!(html.contains(&format!("@top-center {{ content:\"{notice}\"")));
    assert!(html.contains(&Lang::Kk.text("page-fictional")));
    assert!(!page(mazhilis(), Lang::Kk).contains(&notice));
}

const MONITOR: &[u8] =
    b"title = { en = 'Replies & <b>titles</b>' }\nreply_days = 30\n[period]\nfrom = '2026-01-01'\nto = '2026-06-30'\n";
const PEOPLE: &[u8] = "id,name_kk\na,Құспан Абзал\nb,Назаров Ардақ\n".as_bytes();

#[test]
fn what_cannot_be_tested_or_was_not_obtained_is_shown_apart_and_answers_stand_beside_the_promise() {
    let folder = project(&[
        ("monitor.toml", MONITOR),
        ("people.csv", PEOPLE),
        ("programmes.csv", b"owner,obtained\na,open\nb,not_obtained\n"),
        ("promises.csv", "id,owner,text,testability\np1,a,Халыққа қызмет етемін,vague\np2,b,Жол жөндеу,\np3,a,Мектеп салу,testable\n".as_bytes()),
        ("inquiries.csv", "id,date,initiator,text,reply_date,reply_text\nq1,2026-01-10,a,Көпір салуды сұраймын,2026-03-20,Қаралды\n".as_bytes()),
        ("responses.csv", "депутат,уәде,күні,мәтін\nА.Құспан,p3,2026-07-01,<i>Мектеп</i> салынып жатыр\nb,,,Жалпы пікір\n".as_bytes()),
    ]);
    let run = of(folder.path());
    assert_eq!(run.problems, []);
    let html = page(&run, Lang::En);
    let promise = |id: &str| between(&html, &format!("<section class=\"promise\" id=\"p-{id}\">"), "</section>")[0];
    assert!(promise("p1").contains("class=\"sq untestable\"") && promise("p1").contains("cannot be tested"));
    assert!(promise("p2").contains("class=\"sq programme_not_obtained\""));
    for id in ["p1", "p2"] {
        assert!(!promise(id).contains("no evidence found"), "{id}");
    }
    assert!(promise("p3").contains("&lt;i&gt;Мектеп&lt;/i&gt; салынып жатыр") && promise("p3").contains("1 July 2026"));
    assert!(!promise("p1").contains("салынып"));
    assert!(html.contains("Жалпы пікір"), "an answer to the whole");
    assert!(html.contains("2 of 3 promises cannot be tested or stand in programmes that were not obtained"));
    assert!(html.contains("answered late") && html.contains("To 1 of 1 inquiries the reply came late"));
    assert!(html.contains("Replies &amp; &lt;b&gt;titles&lt;/b&gt;") && !html.contains("<b>titles"));
}

#[test]
fn an_analyst_writes_the_recommendations() {
    let advice = "[[recommendation]]\nto = 'society'\ntext = { en = 'Read <this>.' }\n[[recommendation]]\nto = 'deputies'\nwhen = 'promises_untestable'\ntext = { en = 'Not called for.' }\n";
    let folder = project(&[
        ("monitor.toml", MONITOR),
        ("people.csv", PEOPLE),
        ("promises.csv", "id,owner,text\np1,a,Мектеп салу\n".as_bytes()),
        ("inquiries.csv", "id,text\nq1,Көпір салуды сұраймын\n".as_bytes()),
        ("recommendations.toml", advice.as_bytes()),
    ]);
    let run = of(folder.path());
    assert!(run.manifest.inputs.contains_key("recommendations.toml"));
    let html = page(&run, Lang::En);
    assert!(html.contains("Read &lt;this&gt;.") && !html.contains("Not called for."));
    assert!(!html.contains("Publish the election programme"), "the bundled ones give way");
}

#[test]
fn agreement_is_told_where_it_was_measured() {
    let agreement = Agreement { units: 40, raw: Some(0.9), alpha: Some((0.812, 0.7, 0.9)) };
    let html = monitoring::render(mazhilis(), Lang::Ru, Some(&agreement)).expect("a page");
    assert!(html.contains("40 пар") && html.contains("0,81"), "a comma in Russian");
    assert!(page(mazhilis(), Lang::Ru).contains(&Lang::Ru.text("report-not-judged")));
}

#[test]
#[ignore = "run by tests/pages.sh, which checks what it writes"]
fn pages_for_the_browser() {
    let out = repository("target/pages");
    std::fs::create_dir_all(&out).expect("a folder");
    let write = |name: String, html: String| std::fs::write(out.join(name), html).expect("a page");
    for project in ["mazhilis-2023", "oblast-x"] {
        let run = of(&repository("corpus").join(project));
        for lang in Lang::ALL {
            write(format!("report-{project}-{lang}.html"), page(&run, lang));
        }
        // All languages stand in the page of a run: one of the large project is enough.
        for lang in Lang::ALL.into_iter().filter(|lang| project == "mazhilis-2023" || *lang == Lang::Kk) {
            let html = saual::report::page::render(&run, lang).expect("a page");
            write(format!("run-{project}-{lang}.html"), html);
        }
    }
}
