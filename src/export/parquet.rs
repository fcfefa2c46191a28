//! The long table as Parquet: every text as written.

use polars_io::parquet::write::{ParquetCompression, ParquetWriter};

use crate::ratings::{Ratings, TableError};

/// `ratings.parquet`: the columns and rows of `ratings.csv`.
///
/// # Errors
///
/// When polars cannot write the table.
pub fn ratings(ratings: &Ratings) -> Result<Vec<u8>, TableError> {
    let mut bytes = Vec::new();
    // One thread and one row group: the same bytes on every machine.
    ParquetWriter::new(&mut bytes)
        .with_compression(ParquetCompression::Snappy)
        .set_parallel(false)
        .finish(&mut ratings.frame().clone())?;
    Ok(bytes)
}
