//! `saual`, the program: parse, run, exit code.

fn main() -> std::process::ExitCode {
    saual::cli::main()
}
