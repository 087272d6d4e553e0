//! Files of all formats, as other programs write them: what is read, what is refused, and that a bad file costs that file only.

use crate::mutation::mutated;
use crate::{project, repository};
use rayon::prelude::*;
use saual::analysis::Gazetteer;
use saual::ingest::{Fault, Isolation, Problem, load_document, load_with};
use saual::locale::Lang;
use saual::programme::{Kind, Reader};
use saual::report;
use saual::run::{Language, Settings, run};
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

const MONITOR: &[u8] = b"title = { kk = 'A', ru = 'B', en = 'C' }\n";
const PEOPLE: &[u8] = "id,name_kk\na,Құспан Абзал\nb,Назаров Ардақ\n".as_bytes();
const INQUIRIES: &[u8] = "id,initiator,text\nq1,a,Мектеп салуды сұраймын\n".as_bytes();
const PROMISES: &[u8] = "id,owner,text\np1,a,Мектеп салу\n".as_bytes();

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(repository("tests/fixtures/formats").join(name)).expect(name)
}

/// Children of the program that is tested.
fn children() -> Isolation {
    let program = Path::new(env!("CARGO_BIN_EXE_saual")).to_owned();
    Isolation::Child { program, arguments: vec!["parse-file".into()] }
}

fn read(name: &str, bytes: &[u8], isolation: &Isolation) -> Result<(String, Vec<Fault>), Fault> {
    let folder = project(&[(name, bytes)]);
    let (document, problems) = load_document(&folder.path().join(name), isolation).expect("a file");
    let mut faults: Vec<Fault> = problems.into_iter().map(|problem| problem.fault).collect();
    match document {
        Some(document) => Ok((document.text, faults)),
        None => Err(faults.remove(0)),
    }
}

fn text(name: &str) -> String {
    let bytes = fixture(name);
    let (text, notes) = read(name, &bytes, &Isolation::None).expect(name);
    assert_eq!(notes, [], "{name}");
    assert_eq!(read(name, &bytes, &children()), Ok((text.clone(), notes)), "{name}: in a process of its own");
    text
}

#[test]
fn a_programme_says_the_same_in_every_format() {
    let expected = [
        (Some(Kind::Heading), "Сайлау алды бағдарлама"),
        (None, "Құрметті жерлестер!"),
        (None, "Мен, Айсұлу Қаратаева, Көктөбе ауданының тұрғынымын."),
        (Some(Kind::Heading), "Білім және мәдениет"),
        (Some(Kind::Pledge), "2027 жылға дейін Қарлығаш ауылында жаңа мектеп саламын;"),
        (Some(Kind::Pledge), "кітапхананы жөндеймін."),
        (Some(Kind::Heading), "Дороги и вода"),
        (Some(Kind::Pledge), "добьюсь ремонта дороги до посёлка Ясный"),
        (Some(Kind::Pledge), "обеспечу сёла района чистой водой"),
        (None, "Каждый рубль бюджета – под контролем жителей."),
    ];
    let layout = |kind: Kind| [Kind::Heading, Kind::Pledge].into_iter().find(|known| *known == kind);
    let language = Language::bundled().expect("tables");
    let gazetteer = Gazetteer::kazakhstan(&language.analyzer);
    let reader = Reader::bundled(&language.analyzer, &language.glossary, &gazetteer).expect("tables");
    for name in ["programme.html", "programme.docx", "programme.odt", "programme.pdf"] {
        let text = text(name);
        let units = reader.units(&text);
        let found: Vec<_> = units.iter().map(|unit| (layout(unit.kind), unit.content.of(&text))).collect();
        assert_eq!(found[..expected.len()], expected, "{name}:\n{text}");
        for row in ["1\tКөпір салу\t2026", "2\tСаябақ ашу\t2027"] {
            // A pdf knows no cells: gaps between them may be no wider than those between words.
            let same = |line: &str| {
                if name.ends_with("pdf") { line.replace(' ', "\t") == row.replace(' ', "\t") } else { line == row }
            };
            assert!(text.lines().any(same), "{name}: no row «{row}» in\n{text}");
        }
    }
}

#[test]
fn lists_of_word_documents_carry_their_numbers() {
    let expected = "# Программа кандидата\n\n# Образование\n\n1. Построю школу в посёлке Ясный\n2. Отремонтирую библиотеку\n\
        • Суды таза етемін\n\nЖол жөндеу & көпір салу.\n\n№\tМіндет\tМерзімі\n\n1\tКөпір салу\t2026\n";
    assert_eq!(text("list.docx"), expected);
}

#[test]
fn a_programme_of_a_campaign_is_read_as_its_readers_see_it() {
    for name in ["campaign.docx", "campaign.odt"] {
        let text = text(name);
        let lines: Vec<&str> = text.lines().collect();
        for line in [
            "Отремонтирую 12 км дорог в Жанаталапском районе до конца 2026 года.",
            "- установки 40 фонарей на улице Абая;",
            "Обеспечу ежегодный ямочный ремонт внутриквартальных проездов.",
            "3\tОткрыть дневной стационар в районной больнице и аптеку в каждом ауле\t2026–2028\tАкимат, депутат",
            "Построю школу на 300 мест в микрорайоне «Нурлы»;",
            "По данным акимата района, 2022 г.",
        ] {
            assert!(lines.contains(&line), "{name}: no «{line}» in\n{text}");
        }
        // Deleted text, the contents, heads and feet of pages are not read; a box stands once.
        for part in ["все дороги", "Оглавление", "Дороги и транспорт\t2", "Кандидат в депутаты", "Страница 1 из 7"]
        {
            assert!(!text.contains(part), "{name}: «{part}» in\n{text}");
        }
        assert_eq!(text.matches("Сделаем район").count(), 1, "{name}");
    }
}

#[test]
fn columns_and_pages_of_a_pdf_are_one_text() {
    let text = text("columns.pdf");
    let units: Vec<String> = text.split("\n\n").map(|block| block.replace('\n', " ")).collect();
    assert_eq!(text.matches("Жаңа жол партиясының").count(), 1, "the running head, once");
    let count = |part: &str| units.iter().filter(|unit| unit.contains(part)).count();
    assert_eq!(count("көше жарығын толық қалпына келтіремін. Жастардың"), 9, "{units:#?}");
    assert_eq!(count("спорт кешенін салу және оны заманауи жабдықпен қамтамасыз ету;"), 9);
    assert_eq!(count("обновление школьных столовых в двенадцати школах района до 2027 года;"), 9);
}

#[test]
fn a_register_with_a_title_and_merged_cells_is_a_table() {
    let bytes = fixture("register.xlsx");
    let files: [(&str, &[u8]); 4] =
        [("monitor.toml", MONITOR), ("promises.csv", PROMISES), ("people.csv", PEOPLE), ("inquiries.xlsx", &bytes)];
    let loaded = load_with(project(&files).path(), &children()).expect("a folder");
    assert_eq!(loaded.problems, []);
    let initiators: Vec<&str> = loaded
        .project
        .inquiries
        .iter()
        .filter_map(|inquiry| inquiry.initiator.as_ref())
        .map(saual::id::PersonId::as_str)
        .collect();
    assert_eq!(initiators, ["Темирбеков Н.С.", "Иванов И.И.", "Иванов И.И."]);
    assert_eq!(loaded.project.inquiries[2].text, "Прошу провести воду в село Бескудук");
}

#[test]
fn a_text_that_cannot_be_read_says_why() {
    let code = |name: &str, bytes: &[u8]| read(name, bytes, &children()).map(|_| ()).map_err(|fault| fault.code());
    assert_eq!(read("scan.pdf", &fixture("scan.pdf"), &children()), Err(Fault::NoTextLayer { pages: 2 }));
    assert_eq!(code("locked.pdf", &fixture("locked.pdf")), Err("encrypted"));
    assert_eq!(code("a.docx", b"PK\x03\x04 no archive"), Err("broken"));
    assert_eq!(code("a.docx", &fixture("people.xlsx")), Err("broken"));
    assert_eq!(code("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), Err("format-unknown"));
    assert_eq!(code("a.pdf", b"%PDF-1.7\nnothing"), Err("broken"));
    assert_eq!(code("a.txt", b"\x00\x01\x02\x03\x04\x05\x06\x07\x08"), Err("not-a-text"));
    for (name, bytes) in [("a.docx", &b""[..]), ("a.pdf", b""), ("a.txt", b" \n"), ("a.html", b"<p>&nbsp;<br>")] {
        assert_eq!(code(name, bytes), Err("no-text"), "{name}");
    }
    for (name, bytes) in [("a.zip", &b"PK\x03\x04"[..]), ("a.rar", b"Rar!\x1a\x07"), ("a.pages", b"PK\x03\x04")] {
        assert_eq!(code(name, bytes), Err("format-unknown"), "{name}");
    }
    let folder = project(&[("programmes/a.txt", b"")]);
    let (document, problems) = load_document(&folder.path().join("programmes"), &children()).expect("something");
    assert_eq!((document, problems[0].fault.code()), (None, "not-a-file"));
    // The ending is wrong, the content is sound.
    assert!(read("a.doc", &fixture("list.docx"), &children()).is_ok_and(|(text, _)| text.contains("библиотеку")));
}

#[test]
fn workbooks_are_tables_and_faults_name_the_sheet() {
    let project_of = |people: &str, inquiries: &str| {
        let (people_bytes, inquiries_bytes) = (fixture(people), fixture(inquiries));
        let files: [(&str, &[u8]); 4] = [
            ("monitor.toml", MONITOR),
            ("promises.csv", PROMISES),
            (people, &people_bytes),
            (inquiries, &inquiries_bytes),
        ];
        let folder = project(&files);
        load_with(folder.path(), &children()).expect("a folder")
    };
    for (people, inquiries) in [("people.xlsx", "inquiries.ods"), ("people.ods", "inquiries.xlsx")] {
        let loaded = project_of(people, inquiries);
        assert_eq!(loaded.problems, [], "{people} {inquiries}");
        let (people, inquiries) = (&loaded.project.people, &loaded.project.inquiries);
        assert_eq!((people[0].aliases.len(), people[0].district_no.as_str()), (2, "3"), "the sheet called `people`");
        assert_eq!(inquiries[1].id.as_str(), "2");
        assert_eq!(inquiries[1].date.map(|date| date.to_string()).as_deref(), Some("2026-03-01"));
        assert_eq!(inquiries[1].reply_date.map(|date| date.to_string()).as_deref(), Some("2026-04-01"));
    }
    let twice = fixture("people.xlsx");
    let files: [(&str, &[u8]); 4] =
        [("monitor.toml", MONITOR), ("promises.xlsx", &twice), ("people.csv", PEOPLE), ("inquiries.csv", INQUIRIES)];
    let problems = load_with(project(&files).path(), &children()).expect("a folder").problems;
    let places: Vec<String> = problems.iter().map(Problem::place).collect();
    assert!(places.contains(&"promises.xlsx[Титул]:1".to_owned()), "{places:?}");
}

#[cfg(feature = "parquet")]
#[test]
fn parquet_is_a_table_like_any_other() {
    let bytes = fixture("inquiries.parquet");
    let files: [(&str, &[u8]); 4] =
        [("monitor.toml", MONITOR), ("promises.csv", PROMISES), ("people.csv", PEOPLE), ("inquiries.parquet", &bytes)];
    let loaded = load_with(project(&files).path(), &children()).expect("a folder");
    assert_eq!(loaded.problems, []);
    let inquiries = &loaded.project.inquiries;
    assert_eq!((inquiries[0].id.as_str(), inquiries[0].cosigners.len()), ("1", 1));
    assert_eq!(inquiries[1].text, "Прошу построить дорогу");
    assert_eq!(inquiries[1].reply_date.map(|date| date.to_string()).as_deref(), Some("2026-04-01"));
}

#[cfg(not(feature = "parquet"))]
#[test]
fn a_format_that_was_left_out_says_how_to_get_it() {
    let bytes = fixture("inquiries.parquet");
    let files: [(&str, &[u8]); 4] =
        [("monitor.toml", MONITOR), ("promises.csv", PROMISES), ("people.csv", PEOPLE), ("inquiries.parquet", &bytes)];
    let problems = load_with(project(&files).path(), &Isolation::None).expect("a folder").problems;
    assert_eq!(problems.iter().map(|problem| problem.fault.code()).collect::<Vec<_>>(), ["format-left-out"]);
    assert!(problems[0].advice(Lang::En).contains("--features parquet"));
}

#[test]
fn old_encodings_are_read_and_the_guess_is_told() {
    // «Әбіш,Қарлығаш ауылына су тартамын» in KZ-1048, and a Russian table in windows-1251 with line ends of a Macintosh.
    let kazakh: &[u8] = b"\xa3\xe1\xb3\xf8 \x8d\xe0\xf0\xeb\xfb\xba\xe0\xf8 \xe0\xf3\xfb\xeb\xfb\xed\xe0 \xf1\xf3 \xf2\xe0\xf0\xf2\xe0\xec\xfb\xed.\n";
    let people: &[u8] = b"id,name_ru\ra,\xc0\xea\xe1\xee\xf2\xe0 \xd1\xfb\xf0\xfb\xec\ra,\xc4\xe0\xed\xe8\xff\xf0 \xd2\xe0\xf1\xe1\xee\xeb\xe0\xf2\r";
    let files: [(&str, &[u8]); 5] = [
        ("monitor.toml", MONITOR),
        ("people.csv", people),
        ("inquiries.csv", INQUIRIES),
        ("programmes.csv", b"owner,file\na,kk.txt\n"),
        ("programmes/kk.txt", kazakh),
    ];
    let loaded = load_with(project(&files).path(), &Isolation::None).expect("a folder");
    let assumed = |file: &str, encoding: &str| {
        let fault = Fault::EncodingAssumed { encoding: encoding.to_owned() };
        loaded.problems.iter().any(|problem| problem.file == file && problem.fault == fault)
    };
    assert!(assumed("people.csv", "windows-1251") && assumed("programmes/kk.txt", "KZ-1048"), "{:?}", loaded.problems);
    assert_eq!(loaded.project.people[0].name_ru, "Акбота Сырым");
    assert_eq!(loaded.project.programmes[0].text, "Әбіш Қарлығаш ауылына су тартамын.\n");
    let twice = loaded.problems.iter().find(|problem| problem.fault.code() == "id-twice").expect("the id stands twice");
    assert_eq!(twice.line, Some(3), "lines end as on a Macintosh");
}

#[test]
fn a_run_keeps_the_texts_in_which_its_spans_count() {
    let (docx, out) = (fixture("list.docx"), tempfile::tempdir().expect("a folder"));
    let files: [(&str, &[u8]); 5] = [
        ("monitor.toml", MONITOR),
        ("people.csv", PEOPLE),
        ("inquiries.csv", INQUIRIES),
        ("programmes.csv", b"owner,file\na,list.docx\n"),
        ("programmes/list.docx", &docx),
    ];
    let settings = Settings::default().with_isolation(children());
    let run = run(project(&files).path(), &Language::bundled().expect("tables"), &settings, &|_| {}).expect("a run");
    let written = report::write(&run, Lang::En, out.path()).expect("outputs");
    assert!(written.contains(&"texts"));
    let text = std::fs::read_to_string(out.path().join("texts/list.docx.txt")).expect("the text");
    assert!(run.clauses.iter().any(|clause| clause.text == "Построю школу в посёлке Ясный"), "{:?}", run.clauses);
    for clause in &run.clauses {
        let words: Vec<&str> = text[clause.start..clause.end].split_whitespace().collect();
        assert!(words.join(" ").ends_with(&clause.text), "{clause:?}");
    }
}

/// An archive with one member of `size` letters.
fn archive(member: &str, content: impl Fn(&mut dyn Write)) -> Vec<u8> {
    let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    out.start_file(member, zip::write::SimpleFileOptions::default()).expect("a member");
    content(&mut out);
    out.finish().expect("an archive").into_inner()
}

#[test]
fn bombs_are_refused() {
    let spaces = vec![b' '; 1 << 20];
    let huge = |out: &mut dyn Write| (0..300).for_each(|_| out.write_all(&spaces).expect("room"));
    let begun = Instant::now();
    let bomb = archive("word/document.xml", huge);
    assert!(bomb.len() < 1 << 20, "{} bytes", bomb.len());
    let code = |name: &str, bytes: &[u8]| read(name, bytes, &children()).map(|_| ()).map_err(|fault| fault.code());
    assert_eq!(code("bomb.docx", &bomb), Err("unpacks-too-large"));
    let sheet = archive("xl/sharedStrings.xml", huge);
    let files: [(&str, &[u8]); 4] =
        [("monitor.toml", MONITOR), ("promises.csv", PROMISES), ("people.xlsx", &sheet), ("inquiries.csv", INQUIRIES)];
    let problems = load_with(project(&files).path(), &children()).expect("a folder").problems;
    assert!(problems.iter().any(|problem| problem.fault.code() == "unpacks-too-large"), "{problems:?}");
    let deep = archive("word/document.xml", |out| {
        out.write_all("<w:p>".repeat(2_000_000).as_bytes()).expect("room");
    });
    assert_eq!(code("deep.docx", &deep), Err("broken"));
    let nested =
        format!("%PDF-1.4\n1 0 obj\n{}{}\nendobj\ntrailer<</Root 1 0 R>>", "[".repeat(200_000), "]".repeat(200_000));
    assert!(code("deep.pdf", nested.as_bytes()).is_err());
    assert!(begun.elapsed() < Duration::from_secs(60), "{:?}", begun.elapsed());
}

#[cfg(unix)]
#[test]
fn a_parser_that_dies_is_a_fault_of_its_file() {
    let shell =
        |script: &str| Isolation::Child { program: "/bin/sh".into(), arguments: vec!["-c".into(), script.into()] };
    let fault = |script: &str| read("a.pdf", &fixture("plain.pdf"), &shell(script)).expect_err(script).code();
    assert_eq!(fault("kill -XCPU $$"), "too-slow");
    assert_eq!(fault("echo 'memory allocation of 9 bytes failed' >&2; kill -ABRT $$"), "too-much-memory");
    assert_eq!(fault("kill -SEGV $$"), "parser-failed");
    assert_eq!(fault("echo nonsense"), "parser-failed");
    assert_eq!(fault("exit 3"), "parser-failed");
    let missing = Isolation::Child { program: "/no/such/program".into(), arguments: Vec::new() };
    assert_eq!(read("a.pdf", &fixture("plain.pdf"), &missing).expect_err("no program").code(), "parser-failed");
}

#[test]
fn broken_copies_cost_their_file_only() {
    const COPIES: u64 = 200;
    let children = children();
    for name in ["programme.txt", "programme.html", "list.docx", "programme.odt", "programme.pdf"] {
        let sound = fixture(name);
        (0..COPIES).into_par_iter().for_each(|seed| {
            // A fault or a text: what matters is that the call comes back.
            let begun = Instant::now();
            let _ = read(name, &mutated(&sound, seed), &children);
            assert!(begun.elapsed() < Duration::from_secs(60), "{name}, copy {seed}: {:?}", begun.elapsed());
        });
    }
    for name in ["inquiries.csv", "inquiries.jsonl", "inquiries.xlsx", "inquiries.ods"] {
        let sound = fixture(name);
        (0..COPIES).into_par_iter().for_each(|seed| {
            let broken = mutated(&sound, seed);
            let files: [(&str, &[u8]); 4] =
                [("monitor.toml", MONITOR), ("promises.csv", PROMISES), ("people.csv", PEOPLE), (name, &broken)];
            load_with(project(&files).path(), &children).expect("a folder");
        });
    }
}
