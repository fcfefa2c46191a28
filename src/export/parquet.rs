//! The tables as Parquet: every text as written, numbers as numbers.

use polars::prelude::{Column, DataFrame};
use polars_io::parquet::write::{ParquetCompression, ParquetWriter};

use super::data::{DATASET, Data};
use super::schema::{self, Kind};
use crate::ratings::{Ratings, TableError};

/// `ratings.parquet`: the columns and rows of `ratings.csv`.
///
/// # Errors
///
/// When polars cannot write the table.
pub fn ratings(ratings: &Ratings) -> Result<Vec<u8>, TableError> {
    written(ratings.frame().clone())
}

/// A round's part of a dataset of many rounds: the ratings without words, contacts and names of files.
///
/// # Errors
///
/// When polars cannot write the table.
pub fn dataset(ratings: &Ratings) -> Result<Vec<u8>, TableError> {
    written(ratings.frame().select(DATASET)?)
}

/// Any other table.
///
/// # Errors
///
/// When polars cannot write the table.
pub fn table(data: &Data) -> Result<Vec<u8>, TableError> {
    let column = |(at, name): (usize, &&str)| {
        let texts = data.rows.iter().map(|row| row[at].as_str());
        let kind = schema::kind(name);
        let name = (*name).into();
        match kind {
            Kind::Text => Column::new(name, texts.collect::<Vec<_>>()),
            Kind::Integer => Column::new(name, texts.map(|text| text.parse::<i64>().ok()).collect::<Vec<_>>()),
            Kind::Number => Column::new(name, texts.map(|text| text.parse::<f64>().ok()).collect::<Vec<_>>()),
            Kind::Truth => Column::new(name, texts.map(|text| text.parse::<bool>().ok()).collect::<Vec<_>>()),
        }
    };
    written(DataFrame::new_infer_height(data.columns.iter().enumerate().map(column).collect())?)
}

fn written(mut frame: DataFrame) -> Result<Vec<u8>, TableError> {
    let mut bytes = Vec::new();
    // One thread and one row group: the same bytes on every machine.
    ParquetWriter::new(&mut bytes)
        .with_compression(ParquetCompression::Snappy)
        .set_parallel(false)
        .finish(&mut frame)?;
    Ok(bytes)
}
