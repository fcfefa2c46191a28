//! SHA-256 of bytes and texts, as hexadecimal: how files and themes are told from one another.

use sha2::{Digest, Sha256};

/// The SHA-256 of some bytes: 32 bytes.
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// The SHA-256 of some bytes as 64 hexadecimal digits.
pub fn sha256_hex(bytes: &[u8]) -> String {
    sha256(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// How long a short code is, in characters.
pub const CODE_LENGTH: usize = 4;

/// A short code of some bytes, to be read out and typed: four letters and digits as in [`code`], one chance in a million that two of
/// them are the same.
pub fn short_code(bytes: &[u8]) -> String {
    code(&sha256(bytes), CODE_LENGTH)
}

/// The first bytes of a hash as letters and digits, one for each: 32 of them that are not mistaken for one another (Crockford's
/// alphabet). At most 32 characters.
pub fn code(hash: &[u8; 32], length: usize) -> String {
    const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    hash.iter().take(length).map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn agrees_with_the_published_value_for_abc() {
        // FIPS 180-4, example for the message "abc".
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(super::sha256_hex(b"abc"), expected);
    }
}
