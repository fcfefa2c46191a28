//! Reads the records of an `.xls`, with the table of those that exist: where each may be, how long it may be.

use super::model::{BiffFault, damaged};

/// Begins a part of the stream: the workbook, a sheet, a chart.
pub(super) const BOF: u16 = 0x0809;
/// Ends what a [`BOF`] began.
pub(super) const EOF: u16 = 0x000A;
/// Continues the record before it.
pub(super) const CONTINUE: u16 = 0x003C;

/// The longest record that Excel writes, in bytes. Anything longer is continued in a [`CONTINUE`].
const LONGEST: usize = 8_224;
/// The most records that continue one. The shared texts of a file of 64 MB take about 8,000.
const MOST_CONTINUES: usize = 20_000;

/// One record of the stream.
#[derive(Debug, Clone, Copy)]
pub(super) struct BiffRecord<'s> {
    /// Its number.
    pub kind: u16,
    /// Where it begins in the stream.
    pub at: usize,
    /// Its content.
    pub data: &'s [u8],
}

impl BiffRecord<'_> {
    /// Two bytes at a place as a number; `None` behind the end of the record.
    pub(super) fn short(&self, at: usize) -> Option<u16> {
        short(self.data, at)
    }

    /// Four bytes at a place as a number; `None` behind the end of the record.
    pub(super) fn long(&self, at: usize) -> Option<u32> {
        long(self.data, at)
    }
}

/// Two bytes as a number, the lower one first.
pub(super) fn short(data: &[u8], at: usize) -> Option<u16> {
    let bytes = data.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes(bytes.try_into().ok()?))
}

/// Four bytes as a number, the lowest one first.
pub(super) fn long(data: &[u8], at: usize) -> Option<u32> {
    let bytes = data.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(bytes.try_into().ok()?))
}

/// Goes from record to record.
pub(super) struct Records<'s> {
    stream: &'s [u8],
    at: usize,
}

impl<'s> Records<'s> {
    /// The records of a stream from its beginning.
    pub(super) fn new(stream: &'s [u8]) -> Records<'s> {
        Records { stream, at: 0 }
    }

    /// Where the next record begins.
    pub(super) fn place(&self) -> usize {
        self.at
    }

    /// Whether only zeros are left. The last sector of a stream is filled up with them.
    pub(super) fn is_at_end(&self) -> bool {
        self.stream[self.at..].iter().all(|byte| *byte == 0)
    }

    /// The next record.
    ///
    /// # Errors
    ///
    /// When the stream ends before the record does, or the record is longer than any that programs write.
    pub(super) fn next(&mut self, part: &str) -> Result<BiffRecord<'s>, BiffFault> {
        let cut = || damaged(format!("{part} is cut off"));
        let (Some(kind), Some(length)) = (short(self.stream, self.at), short(self.stream, self.at + 2)) else {
            return Err(cut());
        };
        let length = usize::from(length);
        if length > LONGEST {
            return Err(damaged(format!("a record of {part} is longer than a record can be")));
        }
        let at = self.at;
        let data = self.stream.get(at + 4..at + 4 + length).ok_or_else(cut)?;
        self.at += 4 + length;
        Ok(BiffRecord { kind, at, data })
    }

    /// The content of the records that continue the one just read.
    ///
    /// # Errors
    ///
    /// When one of them is cut off.
    pub(super) fn continues(&mut self, part: &str) -> Result<Vec<&'s [u8]>, BiffFault> {
        let mut parts = Vec::new();
        while short(self.stream, self.at) == Some(CONTINUE) {
            parts.push(self.next(part)?.data);
            if parts.len() > MOST_CONTINUES {
                return Err(damaged(format!("a record of {part} goes on and on")));
            }
        }
        Ok(parts)
    }
}

/// May be in the globals.
const BOOK: u8 = 1;
/// May be in a sheet, before and after the cells.
const SHEET: u8 = 2;
/// May be among the cells of a sheet.
const CELLS: u8 = 4;
/// May be continued in another record.
const LONG: u8 = 8;
const BOTH: u8 = BOOK | SHEET;
const ANY: u16 = 8_224;

/// Every record of MS-XLS and every one that Excel 5 to 2019, LibreOffice, Gnumeric, Apache POI, xlwt, Spreadsheet::WriteExcel and SheetJS
/// write: its number, where it may be, and its least and most bytes. The table is a list of what is allowed, because damage turns a known
/// record into an unknown one, which the reader would skip. Where a length does not matter to a cell, lengths that programs are known to
/// write are allowed too.
const KNOWN: &[(u16, u8, u16, u16)] = &[
    (0x0006, SHEET | CELLS, 22, ANY), // FORMULA
    (0x000C, BOTH, 2, 2),             // CALCCOUNT
    (0x000D, BOTH, 2, 2),             // CALCMODE
    (0x000E, BOTH, 2, 2),             // PRECISION
    (0x000F, BOTH, 2, 2),             // REFMODE
    (0x0010, BOTH, 8, 8),             // DELTA
    (0x0011, BOTH, 2, 2),             // ITERATION
    (0x0012, BOTH, 2, 2),             // PROTECT
    (0x0013, BOTH, 2, 2),             // PASSWORD
    (0x0014, SHEET, 0, ANY),          // HEADER
    (0x0015, SHEET, 0, ANY),          // FOOTER
    (0x0016, BOTH, 2, 2),             // EXTERNCOUNT
    (0x0017, BOTH | LONG, 1, ANY),    // EXTERNSHEET
    (0x0018, BOTH | LONG, 14, ANY),   // NAME
    (0x0019, BOTH, 2, 2),             // WINDOWPROTECT
    (0x001A, SHEET, 2, ANY),          // VERTICALPAGEBREAKS
    (0x001B, SHEET, 2, ANY),          // HORIZONTALPAGEBREAKS
    (0x001C, SHEET, 6, ANY),          // NOTE
    (0x001D, SHEET, 9, ANY),          // SELECTION
    (0x0022, BOOK, 2, 2),             // DATEMODE
    (0x0023, BOTH | LONG, 2, ANY),    // EXTERNNAME
    (0x0026, SHEET, 8, 8),            // LEFTMARGIN
    (0x0027, SHEET, 8, 8),            // RIGHTMARGIN
    (0x0028, SHEET, 8, 8),            // TOPMARGIN
    (0x0029, SHEET, 8, 8),            // BOTTOMMARGIN
    (0x002A, SHEET, 2, 2),            // PRINTHEADERS
    (0x002B, SHEET, 2, 2),            // PRINTGRIDLINES
    (0x002F, BOOK, 0, ANY),           // FILEPASS
    (0x0031, BOOK, 14, ANY),          // FONT
    (0x0033, BOTH, 2, 2),             // PRINTSIZE
    (0x003D, BOTH, 10, 18),           // WINDOW1
    (0x0040, BOOK, 2, 2),             // BACKUP
    (0x0041, SHEET, 9, 10),           // PANE
    (0x0042, BOOK, 2, 2),             // CODEPAGE
    (0x004D, BOTH | LONG, 2, ANY),    // PLS
    (0x0050, SHEET, 2, ANY),          // DCON
    (0x0051, BOTH | LONG, 6, ANY),    // DCONREF
    (0x0052, BOTH | LONG, 3, ANY),    // DCONNAME
    (0x0055, SHEET, 2, 2),            // DEFCOLWIDTH
    (0x0059, BOTH, 2, 4),             // XCT
    (0x005A, BOTH | LONG, 4, ANY),    // CRN
    (0x005B, BOOK, 4, ANY),           // FILESHARING
    (0x005C, BOOK, 1, ANY),           // WRITEACCESS
    (0x005D, SHEET | LONG, 26, ANY),  // OBJ
    (0x005E, SHEET | CELLS, 2, 2),    // UNCALCED
    (0x005F, BOTH, 2, 2),             // SAVERECALC
    (0x0060, BOOK, 0, 2),             // TEMPLATE
    (0x0061, BOOK, 0, 4),             // INTL
    (0x0063, BOTH, 2, 2),             // OBJPROTECT
    (0x007D, SHEET, 10, 12),          // COLINFO
    (0x007F, BOTH | LONG, 8, ANY),    // IMDATA
    (0x0080, SHEET, 8, 8),            // GUTS
    (0x0081, SHEET, 2, 2),            // WSBOOL
    (0x0082, SHEET, 2, 2),            // GRIDSET
    (0x0083, SHEET, 2, 2),            // HCENTER
    (0x0084, SHEET, 2, 2),            // VCENTER
    (0x0085, BOOK, 7, ANY),           // BOUNDSHEET
    (0x0086, BOOK, 0, 0),             // WRITEPROT
    (0x0087, BOOK, 0, ANY),           // ADDIN
    (0x0088, BOOK, 2, ANY),           // EDG
    (0x0089, BOOK, 2, ANY),           // PUB
    (0x008C, BOTH, 4, 4),             // COUNTRY
    (0x008D, BOOK, 2, 2),             // HIDEOBJ
    (0x0090, SHEET, 5, ANY),          // SORT
    (0x0092, BOTH, 2, ANY),           // PALETTE
    (0x0097, SHEET, 4, 4),            // SYNC
    (0x0099, SHEET, 2, 2),            // STANDARDWIDTH
    (0x009A, BOOK, 1, ANY),           // FNGROUPNAME
    (0x009B, SHEET, 0, 0),            // FILTERMODE
    (0x009C, BOOK, 2, 2),             // FNGROUPCOUNT
    (0x009D, SHEET, 2, 2),            // AUTOFILTERINFO
    (0x009E, SHEET | LONG, 24, ANY),  // AUTOFILTER
    (0x00A0, SHEET, 4, 4),            // SCL
    (0x00A1, SHEET, 34, 34),          // SETUP
    (0x00AB, SHEET, 34, 34),          // GCW
    (0x00AE, SHEET, 2, ANY),          // SCENMAN
    (0x00AF, SHEET | LONG, 2, ANY),   // SCENARIO
    (0x00B0, SHEET | LONG, 44, ANY),  // SXVIEW
    (0x00B1, SHEET | LONG, 2, ANY),   // SXVD
    (0x00B2, SHEET | LONG, 2, ANY),   // SXVI
    (0x00B4, SHEET | LONG, 2, ANY),   // SXIVD
    (0x00B5, SHEET | LONG, 0, ANY),   // SXLI
    (0x00B6, SHEET | LONG, 2, ANY),   // SXPI
    (0x00B8, BOOK | LONG, 2, ANY),    // DOCROUTE
    (0x00B9, BOOK | LONG, 2, ANY),    // RECIPNAME
    (0x00BD, SHEET | CELLS, 12, ANY), // MULRK
    (0x00BE, SHEET | CELLS, 8, ANY),  // MULBLANK
    (0x00BF, BOOK, 0, ANY),           // TOOLBARHDR
    (0x00C0, BOOK, 0, ANY),           // TOOLBAREND
    (0x00C1, BOOK, 2, 2),             // MMS
    (0x00C2, BOOK, 2, ANY),           // ADDMENU
    (0x00C3, BOOK, 2, ANY),           // DELMENU
    (0x00C5, SHEET | LONG, 2, ANY),   // SXDI
    (0x00C6, BOTH | LONG, 2, ANY),    // SXDB
    (0x00CD, BOTH | LONG, 2, ANY),    // SXSTRING
    (0x00D0, BOTH | LONG, 2, ANY),    // SXTBL
    (0x00D1, BOTH | LONG, 2, ANY),    // SXTBRGIITM
    (0x00D2, BOTH | LONG, 2, ANY),    // SXTBPG
    (0x00D3, BOOK, 0, 2),             // OBPROJ
    (0x00D5, BOOK, 2, 2),             // SXSTREAMID
    (0x00D6, SHEET | CELLS, 9, ANY),  // RSTRING
    (0x00D7, SHEET | CELLS, 4, ANY),  // DBCELL
    (0x00DA, BOOK, 2, 2),             // BOOKBOOL
    (0x00DC, BOTH | LONG, 2, ANY),    // PARAMQRY
    (0x00DD, SHEET, 2, 2),            // SCENPROTECT
    (0x00DE, BOTH, 4, 8),             // OLESIZE
    (0x00DF, BOOK, 2, ANY),           // UDDESC
    (0x00E0, BOOK, 16, 20),           // XF
    (0x00E1, BOOK, 0, 2),             // INTERFACEHDR
    (0x00E2, BOOK, 0, 0),             // INTERFACEEND
    (0x00E3, BOOK, 2, 2),             // SXVS
    (0x00E5, SHEET, 2, ANY),          // MERGECELLS
    (0x00E9, BOTH | LONG, 2, ANY),    // BKHIM
    (0x00EB, BOOK | LONG, 0, ANY),    // MSODRAWINGGROUP
    (0x00EC, SHEET | LONG, 8, ANY),   // MSODRAWING
    (0x00ED, BOTH | LONG, 8, ANY),    // MSODRAWINGSELECTION
    (0x00EF, SHEET, 2, ANY),          // PHONETIC
    (0x00F0, SHEET | LONG, 2, ANY),   // SXRULE
    (0x00F1, SHEET | LONG, 2, ANY),   // SXEX
    (0x00F2, SHEET | LONG, 2, ANY),   // SXFILT
    (0x00F4, SHEET | LONG, 2, ANY),   // SXDXF
    (0x00F5, SHEET | LONG, 2, ANY),   // SXITM
    (0x00F6, SHEET | LONG, 2, ANY),   // SXNAME
    (0x00F7, SHEET | LONG, 2, ANY),   // SXSELECT
    (0x00F8, SHEET | LONG, 2, ANY),   // SXPAIR
    (0x00F9, SHEET | LONG, 2, ANY),   // SXFMLA
    (0x00FB, SHEET | LONG, 2, ANY),   // SXFORMAT
    (0x00FC, BOOK | LONG, 8, ANY),    // SST
    (0x00FD, SHEET | CELLS, 10, 10),  // LABELSST
    (0x00FF, BOOK | LONG, 2, ANY),    // EXTSST
    (0x0100, SHEET | LONG, 2, ANY),   // SXVDEX
    (0x0103, SHEET | LONG, 2, ANY),   // SXFORMULA
    (0x0122, SHEET | LONG, 2, ANY),   // SXDBEX
    (0x013D, BOOK, 0, ANY),           // TABID
    (0x015F, BOTH, 2, ANY),           // LABELRANGES
    (0x0160, BOTH, 2, 2),             // USESELFS
    (0x0161, BOOK, 2, 2),             // DSF
    (0x0196, BOOK, 2, ANY),           // RRDINFO
    (0x01A9, BOOK | LONG, 2, ANY),    // USERBVIEW
    (0x01AA, BOTH | LONG, 2, ANY),    // USERSVIEWBEGIN
    (0x01AB, BOTH, 2, 2),             // USERSVIEWEND
    (0x01AD, SHEET | LONG, 2, ANY),   // QSI
    (0x01AE, BOOK | LONG, 2, ANY),    // SUPBOOK
    (0x01AF, BOOK, 2, 2),             // PROT4REV
    (0x01B0, SHEET | LONG, 2, ANY),   // CONDFMT
    (0x01B1, SHEET | LONG, 6, ANY),   // CF
    (0x01B2, SHEET, 18, 18),          // DVAL
    (0x01B5, SHEET | LONG, 2, ANY),   // DCONBIN
    (0x01B6, SHEET | LONG, 18, ANY),  // TXO
    (0x01B7, BOOK, 2, 2),             // REFRESHALL
    // Spreadsheet::WriteExcel and its PHP copy put each link right behind its cell.
    (0x01B8, SHEET | CELLS | LONG, 32, ANY), // HLINK
    (0x01B9, BOOK, 0, ANY),                  // LEL
    (0x01BA, BOTH, 3, ANY),                  // CODENAME
    (0x01BB, BOTH | LONG, 2, ANY),           // SXFDBTYPE
    (0x01BC, BOOK, 2, 2),                    // PROT4REVPASS
    (0x01BD, BOOK, 0, 0),                    // OBNOMACROS
    (0x01BE, SHEET | LONG, 16, ANY),         // DV
    (0x01C0, BOTH, 0, 2),                    // EXCEL9FILE
    (0x01C1, BOOK, 4, 8),                    // RECALCID
    (0x01C2, SHEET, 2, ANY),                 // ENTEXU2
    (0x0200, SHEET, 10, 16),                 // DIMENSIONS
    (0x0201, SHEET | CELLS, 6, 6),           // BLANK
    (0x0203, SHEET | CELLS, 14, 14),         // NUMBER
    (0x0204, SHEET | CELLS, 8, ANY),         // LABEL
    (0x0205, SHEET | CELLS, 8, 8),           // BOOLERR
    (0x0207, SHEET | CELLS, 2, ANY),         // STRING
    (0x0208, SHEET | CELLS, 16, 16),         // ROW
    (0x020B, SHEET, 12, ANY),                // INDEX
    (0x0221, SHEET | CELLS | LONG, 14, ANY), // ARRAY
    (0x0225, SHEET, 2, 4),                   // DEFAULTROWHEIGHT
    (0x0236, SHEET | CELLS, 16, 16),         // TABLE
    (0x023E, SHEET, 10, 18),                 // WINDOW2
    (0x027E, SHEET | CELLS, 10, 10),         // RK
    (0x0293, BOOK, 4, ANY),                  // STYLE
    (0x0418, BOOK | LONG, 2, ANY),           // BIGNAME
    (0x041E, BOOK, 3, ANY),                  // FORMAT
    (0x043C, BOOK | LONG, 2, ANY),           // CONTINUEBIGNAME
    (0x04BC, SHEET | CELLS, 10, ANY),        // SHRFMLA
];

/// The tooltip of a link, which comes right after the link.
const TOOLTIP: u16 = 0x0800;

/// The part of the file that a record is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RecordPlace {
    /// The globals.
    Book,
    /// A sheet.
    Sheet,
}

/// The rule for a record with a certain number.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rule {
    places: u8,
}

impl Rule {
    /// Whether it may be among the cells of a sheet.
    pub(super) fn is_among_cells(self) -> bool {
        self.places & CELLS != 0
    }

    /// Whether it may be continued in another record.
    pub(super) fn is_long(self) -> bool {
        self.places & LONG != 0
    }
}

/// Checks that a record is one that programs write, that it may be here, and that it has a possible length.
///
/// # Errors
///
/// When it is not.
pub(super) fn rule(record: &BiffRecord, place: RecordPlace, part: &str) -> Result<Rule, BiffFault> {
    let unknown = || damaged(format!("{part} has a record that no program writes there (number {:04X})", record.kind));
    if (0x0800..0x0900).contains(&record.kind) {
        // Records that were added since Excel 2000 repeat their number in their first two bytes, so they need no entry in the table.
        if record.short(0) != Some(record.kind) {
            return Err(unknown());
        }
        let among = if record.kind == TOOLTIP { CELLS } else { 0 };
        return Ok(Rule { places: BOTH | LONG | among });
    }
    // Records of charts and of printing, which Excel on a Macintosh puts into the globals.
    if (0x1000..0x1100).contains(&record.kind) {
        return if place == RecordPlace::Book { Ok(Rule { places: BOOK }) } else { Err(unknown()) };
    }
    // A test checks that the table is sorted.
    let known = KNOWN.binary_search_by_key(&record.kind, |known| known.0).map_err(|_| unknown())?;
    let (_, places, least, most) = KNOWN[known];
    let here = if place == RecordPlace::Book { BOOK } else { SHEET };
    if places & here == 0 {
        return Err(unknown());
    }
    if record.data.len() < usize::from(least) || record.data.len() > usize::from(most) {
        return Err(damaged(format!("a record of {part} has the wrong length (number {:04X})", record.kind)));
    }
    Ok(Rule { places })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_order() {
        assert!(KNOWN.is_sorted_by(|one, next| one.0 < next.0));
    }

    #[test]
    fn a_record_past_the_end_is_cut_off() {
        let mut records = Records::new(&[6, 0, 4, 0, 1, 2, 3]);
        let fault = records.next("sheet 1").expect_err("cut off");
        assert_eq!(fault.to_string(), "the file is damaged: sheet 1 is cut off");
    }
}
