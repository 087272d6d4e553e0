//! The tables of `models/names/`, read.
//!
//! Takes their text; gives rows of cells. A table has `#` comments, a line of column names, then one row a line, cells apart
//! by tabs; a short row has empty cells at its end.
//! Knows nothing of: what the columns mean.

/// The rows of a table, each padded to `N` cells; `-` alone is an empty cell.
pub fn rows<const N: usize>(table: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    let lines = table.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    lines.skip(1).map(|line| {
        let mut cells = [""; N];
        for (cell, written) in cells.iter_mut().zip(line.split('\t')) {
            *cell = if written == "-" { "" } else { written };
        }
        cells
    })
}

/// Male or female, as far as a name, an ending or a form of address says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Gender {
    /// Мырза, -ов, -ұлы, -ович.
    Male,
    /// Ханым, -ова, -қызы, -овна.
    Female,
}

impl Gender {
    /// Reads `m` or `f`; anything else says nothing.
    pub fn parse(cell: &str) -> Option<Self> {
        match cell {
            "m" => Some(Self::Male),
            "f" => Some(Self::Female),
            _ => None,
        }
    }

    /// True unless both are known and differ.
    pub fn agrees(one: Option<Self>, other: Option<Self>) -> bool {
        one.is_none() || other.is_none() || one == other
    }
}

#[cfg(test)]
mod tests {
    use super::rows;

    #[test]
    fn comments_and_the_header_are_not_rows() {
        let read: Vec<[&str; 3]> = rows("# a\nx\ty\tz\n1\t-\n").collect();
        assert_eq!(read, [["1", "", ""]]);
    }
}
