//! A table as parquet, for notebooks and databases: texts, whole numbers, numbers, truth values, lists of texts; days stay texts,
//! since some are periods.

use super::table::{Column, Kind, Rows, Table, Value};
use crate::{Error, Result};
use parquet::basic::{Compression, ConvertedType, LogicalType, Repetition, Type as PhysicalType};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::{PrimitiveTypeBuilder, Type, TypePtr};
use std::io::Write;
use std::sync::Arc;

/// Rows of a row group.
const GROUP: usize = 65_536;

/// Writes all rows into `out`.
///
/// # Errors
/// [`Error::Internal`] where the writer fails.
pub fn write(table: &Table<'_>, out: impl Write + Send) -> Result<()> {
    write_table(table, out).map_err(|error| Error::Internal(format!("parquet: {error}")))
}

fn write_table(table: &Table<'_>, out: impl Write + Send) -> std::result::Result<(), ParquetError> {
    let fields = table.columns.iter().map(field).collect::<std::result::Result<_, _>>()?;
    let schema = Type::group_type_builder(table.name).with_fields(fields).build()?;
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by(format!("saual {}", env!("CARGO_PKG_VERSION")))
        .build();
    let mut writer = SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties))?;
    let mut rows: Rows<'_> = table.rows();
    loop {
        let group: Vec<Vec<Value<'_>>> = rows.by_ref().take(GROUP).collect();
        if group.is_empty() {
            break;
        }
        let mut written = writer.next_row_group()?;
        for place in 0..table.columns.len() {
            let mut column = written.next_column()?.ok_or_else(|| ParquetError::General("a column too few".into()))?;
            write_column(column.untyped(), group.iter().filter_map(|row| row.get(place)))?;
            column.close()?;
        }
        written.close()?;
    }
    writer.close().map(drop)
}

fn text(name: &str) -> PrimitiveTypeBuilder<'_> {
    Type::primitive_type_builder(name, PhysicalType::BYTE_ARRAY)
        .with_logical_type(Some(LogicalType::String))
        .with_converted_type(ConvertedType::UTF8)
}

fn field(column: &Column) -> std::result::Result<TypePtr, ParquetError> {
    let of = |kind| Type::primitive_type_builder(&column.name, kind).with_repetition(Repetition::OPTIONAL).build();
    let field = match column.kind {
        Kind::Text | Kind::Prose | Kind::Code(_) | Kind::Url | Kind::Date => {
            text(&column.name).with_repetition(Repetition::OPTIONAL).build()?
        }
        Kind::Count => of(PhysicalType::INT64)?,
        Kind::Number => of(PhysicalType::DOUBLE)?,
        Kind::Flag => of(PhysicalType::BOOLEAN)?,
        Kind::List => {
            let element = text("element").with_repetition(Repetition::REQUIRED).build()?;
            let list = Type::group_type_builder("list").with_repetition(Repetition::REPEATED);
            let list = list.with_fields(vec![Arc::new(element)]).build()?;
            Type::group_type_builder(&column.name)
                .with_repetition(Repetition::REQUIRED)
                .with_logical_type(Some(LogicalType::List))
                .with_converted_type(ConvertedType::LIST)
                .with_fields(vec![Arc::new(list)])
                .build()?
        }
    };
    Ok(Arc::new(field))
}

/// Writes the values of one column. A level of 1 says that there is a value; in a list, a repetition of 1 that it goes on.
fn write_column<'a>(
    writer: &mut ColumnWriter<'_>,
    cells: impl Iterator<Item = &'a Value<'a>>,
) -> std::result::Result<(), ParquetError> {
    let mut there: Vec<i16> = Vec::new();
    let mut goes_on: Vec<i16> = Vec::new();
    let (mut texts, mut counts, mut numbers, mut flags) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for cell in cells {
        there.push(i16::from(*cell != Value::Empty));
        goes_on.push(0);
        match cell {
            Value::Empty => {}
            Value::Text(text) => texts.push(ByteArray::from(text.as_bytes().to_vec())),
            Value::Count(count) => counts.push(i64::try_from(*count).unwrap_or(i64::MAX)),
            Value::Number(number) => numbers.push(*number),
            Value::Flag(flag) => flags.push(*flag),
            Value::List(words) => {
                there.pop();
                goes_on.pop();
                there.extend(if words.is_empty() { vec![0] } else { vec![1; words.len()] });
                goes_on.extend((0..words.len().max(1)).map(|place| i16::from(place > 0)));
                texts.extend(words.iter().map(|word| ByteArray::from(word.as_bytes().to_vec())));
            }
        }
    }
    let (there, goes_on) = (Some(&there[..]), Some(&goes_on[..]));
    match writer {
        ColumnWriter::ByteArrayColumnWriter(writer) => writer.write_batch(&texts, there, goes_on),
        ColumnWriter::Int64ColumnWriter(writer) => writer.write_batch(&counts, there, goes_on),
        ColumnWriter::DoubleColumnWriter(writer) => writer.write_batch(&numbers, there, goes_on),
        ColumnWriter::BoolColumnWriter(writer) => writer.write_batch(&flags, there, goes_on),
        _ => Err(ParquetError::General("a column of another kind".into())),
    }
    .map(drop)
}
