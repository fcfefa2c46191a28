//! Return codes, which are short, can be read out on the telephone, and differ for every workbook that is issued.

use crate::core::hash;
use crate::core::ids::{AgencyId, RoundId};

/// The characters of return codes: Crockford's base 32, which leaves out I, L, O and U, so that no two look alike.
const CODE_ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// How many issues of one agency's workbook a return code is looked up among.
pub const MOST_ISSUES: u32 = 20;

/// The visible return code of one agency's workbook in one round, such as `JT-7K3Q-9XMD-4`.
///
/// Eight characters are the first 40 bits of the SHA-256 of the two ids (and, from the second issue on, of its number). A check character
/// follows. The code tells which workbook this is to anybody who knows the round's agencies, and nothing to anybody else. Among 40
/// agencies, two codes are equal by chance once in about 1.4 thousand million rounds. A contract with a different major version must make
/// different codes, so that the code alone tells the format.
pub fn return_code(round: &RoundId, agency: &AgencyId, issue: u32) -> String {
    // The first issue has no number, because the codes of rounds from before there were numbers must stay as they are.
    let hashed = if issue > 1 { format!("{round}/{agency}/{issue}") } else { format!("{round}/{agency}") };
    let digest = hash::sha256(hashed.as_bytes());
    let bits = digest[..5].iter().fold(0u64, |bits, byte| bits << 8 | u64::from(*byte));
    let body: String = (0..8).map(|at| char::from(CODE_ALPHABET[(bits >> (35 - 5 * at) & 31) as usize])).collect();
    let check = check_character(&body);
    format!("JT-{}-{}-{check}", &body[..4], &body[4..])
}

/// The return codes of every issue of an agency's workbook.
pub fn return_codes(round: &RoundId, agency: &AgencyId) -> impl Iterator<Item = String> {
    (1..=MOST_ISSUES).map(move |issue| return_code(round, agency, issue))
}

/// The check character over a code's eight characters: the sum of their values, each times its place from 1 to 8, modulo 31.
///
/// As 31 is prime and no weight is a multiple of it, any single wrong character and any two swapped neighbours are noticed. The exceptions
/// are `0` and `Z`, whose values are 31 apart.
fn check_character(body: &str) -> char {
    let value = |c: u8| CODE_ALPHABET.iter().position(|known| *known == c).unwrap_or_default();
    let sum: usize = body.bytes().enumerate().map(|(at, c)| (at + 1) * value(c)).sum();
    char::from(CODE_ALPHABET[sum % 31])
}

/// What a text says as a return code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CodeReading {
    /// A code in its usual form whose check character agrees.
    Good(String),
    /// Something like a code whose check character does not agree.
    Mistyped,
    /// Not a code.
    None,
}

/// Reads a return code in any case, with or without its hyphens; I and L are read as 1 and O as 0, as they look.
pub fn read_return_code(text: &str) -> CodeReading {
    let plain: String = text.to_uppercase().chars().filter(char::is_ascii_alphanumeric).collect();
    let Some(rest) = plain.strip_prefix("JT") else { return CodeReading::None };
    let rest = rest.replace(['I', 'L'], "1").replace('O', "0");
    if rest.len() != 9 || !rest.bytes().all(|c| CODE_ALPHABET.contains(&c)) {
        return CodeReading::None;
    }
    let (body, check) = rest.split_at(8);
    if check.starts_with(check_character(body)) {
        CodeReading::Good(format!("JT-{}-{}-{check}", &body[..4], &body[4..]))
    } else {
        CodeReading::Mistyped
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_return_code_survives_the_telephone_and_tells_a_slip() {
        let code = return_code(&RoundId("a-round".into()), &AgencyId("police".into()), 1);
        assert_eq!(read_return_code(&code.to_lowercase().replace('-', " ")), CodeReading::Good(code.clone()));
        assert_eq!(read_return_code("police"), CodeReading::None);
        let body: String = code[3..].replace('-', "");
        for at in 0..8 {
            let mut slipped = body.clone().into_bytes();
            slipped[at] = if slipped[at] == b'7' { b'8' } else { b'7' };
            let slipped = format!("JT{}", String::from_utf8_lossy(&slipped));
            assert_eq!(read_return_code(&slipped), CodeReading::Mistyped, "{slipped}");
        }
    }
}
