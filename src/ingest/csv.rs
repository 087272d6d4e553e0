//! Comma-separated tables (RFC 4180), also with `;` or tabs between the cells, as spreadsheets of the region write them.

use super::problem::{Fault, Problem};
use super::table::{Cell, LARGEST_FILE, MOST_CELLS, RawRow, RawTable, TableFormat, canonical_header};
use super::{encoding, plain};

/// The csv format: the first row names the columns.
pub struct Csv;

impl TableFormat for Csv {
    fn extension(&self) -> &'static str {
        "csv"
    }

    fn read(&self, file: &str, bytes: &[u8], problems: &mut Vec<Problem>) -> RawTable {
        // Where no encoding explains the whole file, the rows that can be read are.
        let text = match plain::decoded(bytes) {
            // Letters of one byte are two in UTF-8.
            Ok((text, _)) if text.len() as u64 > LARGEST_FILE => {
                let (megabytes, limit) = (text.len() >> 20, (LARGEST_FILE >> 20) as usize);
                problems.push(Problem::in_file(file, Fault::FileTooLarge { megabytes, limit }));
                return RawTable::default();
            }
            Ok((text, notes)) => {
                problems.extend(notes.into_iter().map(|note| Problem::in_file(file, note)));
                Some(encoding::mend_line_ends(text))
            }
            Err(Fault::NotUtf8 { .. }) => None,
            Err(fault) => {
                problems.push(Problem::in_file(file, fault));
                return RawTable::default();
            }
        };
        let bytes = text.as_ref().map_or(bytes, |text| text.as_bytes());
        // Spreadsheets write such a line before the header.
        let (bytes, first_line) = match bytes.iter().position(|byte| *byte == b'\n') {
            Some(end) if bytes.starts_with(b"sep=") => (&bytes[end + 1..], 2),
            _ => (bytes, 1),
        };
        let quote_open = bytes.split(|byte| *byte == b'"').count() % 2 == 0;
        let mut reader =
            csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter(bytes)).from_reader(bytes);
        let mut table = RawTable::default();
        let mut record = csv::ByteRecord::new();
        let mut lines = Lines { bytes, offset: 0, line: first_line };
        let mut count = 0;
        loop {
            match reader.read_byte_record(&mut record) {
                Ok(true) => {}
                Ok(false) => break,
                Err(error) => {
                    problems.push(Problem::in_file(file, Fault::FileUnreadable { reason: error.to_string() }));
                    break;
                }
            }
            let line = lines.at(record.position().map_or(0, csv::Position::byte));
            let at = |fault| Problem::in_file(file, fault).at_line(line);
            let cells = match record.iter().map(std::str::from_utf8).collect::<Result<Vec<_>, _>>() {
                Ok(cells) => cells,
                Err(error) => {
                    problems.push(at(Fault::NotUtf8 { byte: error.valid_up_to() }));
                    continue;
                }
            };
            if table.header.is_empty()
                && cells.len() > 1
                && cells.iter().filter(|cell| !cell.trim().is_empty()).count() < 2
            {
                // A title above the table, as spreadsheets write it: the other cells of its row are blank.
                continue;
            }
            if table.header.is_empty() {
                table.header = canonical_header(cells.into_iter());
            } else if cells.len() != table.header.len() {
                if cells.iter().any(|cell| !cell.trim().is_empty()) {
                    problems.push(at(Fault::RaggedRow { found: cells.len(), expected: table.header.len() }));
                }
            } else {
                count += cells.len();
                if count > MOST_CELLS {
                    problems.push(Problem::in_file(file, Fault::TooManyCells { limit: MOST_CELLS }).at_line(line));
                    break;
                }
                let named = table.header.iter().cloned().zip(cells.into_iter().map(|cell| Cell::Text(cell.to_owned())));
                table.rows.push(RawRow { line, cells: named.filter(|(name, _)| !name.is_empty()).collect() });
            }
        }
        if table.header.is_empty() {
            problems.push(Problem::in_file(file, Fault::NothingToRead));
        }
        let ends_inside = |row: &RawRow| matches!(row.cells.last(), Some((_, Cell::Text(text))) if text.contains('\n'));
        if quote_open && let Some(last) = table.rows.pop_if(|row| ends_inside(row)) {
            problems.push(Problem::in_file(file, Fault::QuoteOpen).at_line(last.line));
        }
        table
    }
}

/// Counts lines. (The reader's own count is one short after `\r\n`.)
struct Lines<'a> {
    bytes: &'a [u8],
    offset: usize,
    line: u64,
}

impl Lines<'_> {
    /// The line of the first byte at or after `byte` that ends no line. `byte` must not fall from call to call.
    fn at(&mut self, byte: u64) -> u64 {
        let byte = usize::try_from(byte).unwrap_or(usize::MAX).min(self.bytes.len());
        let ends = self.bytes[byte..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        for byte in &self.bytes[self.offset..byte + ends] {
            self.line += u64::from(*byte == b'\n');
        }
        self.offset = byte + ends;
        self.line
    }
}

/// The separator that stands most often in the header line.
fn delimiter(bytes: &[u8]) -> u8 {
    let header = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |separator: u8| header.split(|byte| *byte == separator).count();
    [b',', b';', b'\t'].into_iter().rev().max_by_key(|separator| count(*separator)).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (RawTable, Vec<Problem>) {
        let mut problems = Vec::new();
        (Csv.read("people.csv", bytes, &mut problems), problems)
    }

    #[test]
    fn crlf_semicolons_and_quotes_are_read() {
        let (table, problems) = read("id;name_kk;aliases\r\na;\"Құспан \"\"А\"\"\";x,y\r\n".as_bytes());
        assert_eq!(problems, []);
        assert_eq!(table.rows[0].line, 2);
        assert_eq!(table.rows[0].cells[1], ("name_kk".into(), Cell::Text("Құспан \"А\"".into())));
    }

    #[test]
    fn a_title_above_the_header_is_passed_over() {
        let (table, problems) = read("Депутаттар тізімі;;\n;;\nid;name_kk;party\na;Құспан;\n".as_bytes());
        assert_eq!(problems, []);
        assert_eq!((table.header.len(), table.rows[0].line), (3, 4));
    }

    #[test]
    fn a_ragged_or_undecodable_row_costs_that_row() {
        let (table, problems) = read(b"id,name_kk\na,b,c\n\xff\xfe,x\nd,e\n");
        assert_eq!(table.rows.len(), 1);
        assert_eq!(problems[0].fault, Fault::RaggedRow { found: 3, expected: 2 });
        assert_eq!((problems[1].line, problems[1].fault.code()), (Some(3), "not-utf8"));
    }

    #[test]
    fn lines_count_line_breaks_inside_quotes() {
        let (table, _) = read("id,text\na,\"one\ntwo\"\nb,three\n".as_bytes());
        assert_eq!(table.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [2, 4]);
    }
}
