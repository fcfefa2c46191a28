//! SHA-256 hashes, and short codes made from them.

use sha2::{Digest, Sha256};

/// The SHA-256 of some bytes.
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// The SHA-256 of some bytes as 64 hexadecimal digits.
pub fn sha256_hex(bytes: &[u8]) -> String {
    sha256(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The length of a [`short_code`], in characters.
pub const CODE_LENGTH: usize = 4;

/// A short code of some bytes, to be read out and typed: four characters of [`code`]. Two codes are the same with a chance of one in a
/// million.
pub fn short_code(bytes: &[u8]) -> String {
    code(&sha256(bytes), CODE_LENGTH)
}

/// The first bytes of a hash as letters and digits, one for each byte, at most 32. The 32 characters are Crockford's alphabet, which leaves
/// out I, L, O and U because people mistake them for others.
pub fn code(hash: &[u8; 32], length: usize) -> String {
    const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    // 256 is a multiple of 32, so each character is equally likely.
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
