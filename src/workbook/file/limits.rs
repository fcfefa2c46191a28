//! The limits on everything in a file, in one table. They come from 4,651 real spreadsheets of public projects: each is far above the
//! largest that was seen and far below what harms a computer.

use std::time::Duration;

/// Texts in the headers and footers of a sheet's pages.
pub const PAGE_TEXTS: usize = 100;

/// The largest file on disk, in bytes; the largest real one had 3.3 MB.
pub const FILE: usize = 64 * MIB as usize;
/// The most parts of a package; the most of a real one were 1,033.
pub const PARTS: usize = 10_000;
/// All parts of a package inflated, in bytes, whether they are read or not. It limits time and not memory, because parts are streamed.
pub const PACKAGE: u64 = 2 * 1024 * MIB;
/// One sheet inflated: a million rows of twenty styled empty cells are 0.47 GiB.
pub const SHEET: u64 = 1024 * MIB;
/// The shared strings inflated, in bytes. They are kept in memory, so this is lower than for a sheet. The largest real ones were 3.5 MB.
pub const STRINGS: u64 = 128 * MIB;
/// The styles inflated; the largest real ones were 21 MB.
pub const STYLES: u64 = 32 * MIB;
/// Any other part that is read, inflated.
pub const PART: u64 = 16 * MIB;
/// The longest run of text or markup without a `<`, in bytes. A cell's 32,767 characters, all escaped in the longest way, are 0.33 MB. A
/// parser keeps such a run in memory whole.
pub const TOKEN: u64 = 4 * MIB;
/// How deep elements may be nested.
pub const DEPTH: usize = 256;
/// Elements of one part: a million rows of twenty styled empty cells are 21 million.
pub const ELEMENTS: usize = 40_000_000;
/// Rows of a sheet (Excel's specification).
pub const ROWS: u32 = 1_048_576;
/// Columns of a sheet (Excel's specification).
pub const COLUMNS: u32 = 16_384;
/// Sheets of a workbook; the most of a real one were 1,024.
pub const SHEETS: usize = 1_024;
/// Filled cells of a workbook; the most in a real one were 629,790.
pub const CELLS: usize = 5_000_000;
/// Characters of one cell (Excel's specification).
pub const TEXT: usize = 32_767;
/// Shared strings.
pub const SHARED_STRINGS: usize = 2_000_000;
/// Merged ranges of one sheet.
pub const MERGED: usize = 100_000;
/// Cells of one sheet that may be faulty; a sheet with more is damaged as a whole.
pub const FAULTS: usize = 100;

/// The memory of a worker that reads an `.xlsx`, in bytes.
pub const MEMORY: usize = 1024 * MIB as usize;
/// The memory of a worker that reads an `.xls` or `.ods`, in bytes. The reader makes a dense grid of these, empty cells included.
pub const MEMORY_LEGACY: usize = 2 * 1024 * MIB as usize;
/// The time in which an `.xlsx` must be read.
pub const TIME: Duration = Duration::from_secs(60);
/// The time in which an `.xls` or `.ods` must be read.
pub const TIME_LEGACY: Duration = Duration::from_secs(120);

/// How much memory jtai itself may use while it reads, in bytes: 4 GB. A round of 20,000 returns takes 0.6 GB.
pub const MEMORY_IN_ALL: usize = 4 * 1024 * MIB as usize;

const MIB: u64 = 1024 * 1024;
