//! Command-line cases as data: `tests/cmd/*.toml`, one call each with its output. `TRYCMD=overwrite cargo test` writes new outputs.

#[test]
fn command_line_cases() {
    trycmd::TestCases::new().env("SAUAL_LANG", "en").env("NO_COLOR", "1").case("tests/cmd/*.toml");
}
