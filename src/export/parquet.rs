//! The tables as Parquet: every text as written, numbers as numbers.

use polars::prelude::{Column, DataFrame, PolarsError};
use polars_io::parquet::write::{ParquetCompression, ParquetWriter};

use super::data::Data;
use super::schema::{self, ColumnType};

/// A table could not be written as Parquet.
#[derive(Debug, thiserror::Error)]
#[error("the table could not be written as Parquet: {0}")]
pub struct ParquetError(#[from] PolarsError);

/// Writes a table.
///
/// # Errors
///
/// When polars cannot write the table.
pub fn table(data: &Data) -> Result<Vec<u8>, ParquetError> {
    let column = |(at, name): (usize, &&str)| {
        let texts = data.rows.iter().map(|row| row[at].as_str());
        let kind = schema::kind(name);
        let name = (*name).into();
        match kind {
            ColumnType::Text => Column::new(name, texts.collect::<Vec<_>>()),
            // An empty text does not parse, so it becomes null and not 0.
            ColumnType::Integer => Column::new(name, texts.map(|text| text.parse::<i64>().ok()).collect::<Vec<_>>()),
            ColumnType::Number => Column::new(name, texts.map(|text| text.parse::<f64>().ok()).collect::<Vec<_>>()),
            ColumnType::Truth => Column::new(name, texts.map(|text| text.parse::<bool>().ok()).collect::<Vec<_>>()),
        }
    };
    written(DataFrame::new_infer_height(data.columns.iter().enumerate().map(column).collect())?)
}

fn written(mut frame: DataFrame) -> Result<Vec<u8>, ParquetError> {
    let mut bytes = Vec::new();
    // One thread and one row group: the same bytes on every machine.
    ParquetWriter::new(&mut bytes)
        .with_compression(ParquetCompression::Snappy)
        .set_parallel(false)
        .finish(&mut frame)?;
    Ok(bytes)
}
