//! Every text of an issued workbook. The writer lays them out; the reader takes any other text for somebody's own.

mod question;
mod paper;
mod carried;
mod issue;
mod start;
mod reference_page;
mod example;
mod reference;
mod short;
mod print_page;
mod texts;

pub use carried::CarriedIn;
pub use example::{EXAMPLE_RATINGS, example_in_short};
pub use issue::Issue;
pub use paper::{Caption, Paper, marked};
pub use print_page::{PrintPage, longer_than_its_box, print_page};
pub use question::{Question, Wrote};
pub use reference::{MEANING_HEADER, questions_page, reference_pages};
pub use reference_page::ReferencePage;
pub use short::{ShortPage, ShortRow, short_page};
pub use start::{LinkTo, StartLine, start_lines};
pub use texts::{IssuedText, table_heads, texts_of_reference, texts_of_start};
