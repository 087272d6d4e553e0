//! The help texts in the reader's language. English stands in `args.rs`; Kazakh and Russian under `help-…` in `src/locale/`.

use crate::locale::Lang;
use clap::Command;

/// The language that the help is wanted in: `--lang` as typed, else `SAUAL_LANG`, else the locale.
pub fn lang_of_args(args: impl Iterator<Item = String>) -> Lang {
    let args: Vec<String> = args.collect();
    let typed = args.windows(2).find(|pair| pair[0] == "--lang").map(|pair| pair[1].clone());
    let joined = || args.iter().find_map(|arg| arg.strip_prefix("--lang=").map(str::to_owned));
    let environment = || {
        ["SAUAL_LANG", "LC_ALL", "LC_MESSAGES", "LANG"]
            .into_iter()
            .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
    };
    typed.or_else(joined).or_else(environment).map_or(Lang::En, |name| Lang::from_locale(&name))
}

/// The command with its help in `lang`, each subcommand's ending with an example that works.
pub fn translated(command: Command, lang: Lang) -> Command {
    let name = command.get_name().to_owned();
    with_examples(translated_one(command, lang, &name), lang).after_help(lang.text("help-exit-codes"))
}

fn with_examples(mut command: Command, lang: Lang) -> Command {
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    for name in names {
        command = command.mut_subcommand(&name, |sub| {
            let example = lang.text(&format!("example-{name}"));
            let sub =
                translated_one(sub, lang, &name).after_help(format!("{}\n  {example}", lang.text("help-example")));
            with_examples(sub, lang)
        });
    }
    command
}

fn translated_one(mut command: Command, lang: Lang, name: &str) -> Command {
    if lang == Lang::En {
        return command;
    }
    if let Some(about) = lang.find(&format!("help-{name}")) {
        command = command.about(about);
    }
    command = command.help_template(format!(
        "{{about-with-newline}}\n{}: {{usage}}\n\n{{all-args}}{{after-help}}",
        lang.text("help-usage")
    ));
    let flag = |id: &'static str, short: char| clap::Arg::new(id).long(id).short(short);
    let help = flag("help", 'h').action(clap::ArgAction::Help);
    command = command.disable_help_flag(true).disable_help_subcommand(true).arg(help);
    if name == "saual" {
        let version = flag("version", 'V').action(clap::ArgAction::Version);
        command = command.disable_version_flag(true).arg(version);
    }
    command = command.subcommand_help_heading(lang.text("help-commands"));
    command = command.next_help_heading(lang.text("help-options"));
    command.mut_args(|arg| {
        let key = format!("help-arg-{}", arg.get_id().as_str().replace('_', "-"));
        let heading = if arg.is_positional() { "help-arguments" } else { "help-options" };
        // Their explanations are English; the sentence of the argument names them.
        let arg = arg.help_heading(lang.text(heading));
        let listed = arg.get_action().takes_values();
        let arg = if listed { arg.hide_possible_values(true) } else { arg };
        match lang.find(&key) {
            Some(help) => arg.help(help),
            None => arg,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::args::Cli;
    use clap::CommandFactory;

    #[test]
    fn every_command_and_option_is_explained_in_every_language() {
        let command = Cli::command();
        for lang in [Lang::Kk, Lang::Ru] {
            let nested = command.get_subcommands().flat_map(Command::get_subcommands);
            for sub in std::iter::once(&command).chain(command.get_subcommands()).chain(nested) {
                let key = format!("help-{}", sub.get_name());
                assert!(lang.find(&key).is_some(), "help: add {key} to src/locale/{lang}.ftl");
                for arg in sub.get_arguments().filter(|arg| !["help", "version"].contains(&arg.get_id().as_str())) {
                    let key = format!("help-arg-{}", arg.get_id().as_str().replace('_', "-"));
                    assert!(lang.find(&key).is_some(), "help: add {key} to src/locale/{lang}.ftl");
                }
            }
        }
    }
}
