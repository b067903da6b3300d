//! What bytes travel in: `1.<base64url>.<check>`, the version before them and a check behind them.

use super::LinkError;

/// The newest version that is written, and understood.
pub const VERSION: u32 = 1;

/// Longer links are not read.
pub const LONGEST: usize = 65_536;

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The characters of the check: 30 bits.
const CHECK: usize = 5;

pub fn seal(bytes: &[u8]) -> String {
    let mut text = format!("{VERSION}.");
    for group in bytes.chunks(3) {
        let bits = group.iter().fold(0u32, |bits, &byte| bits << 8 | u32::from(byte)) << (8 * (3 - group.len()));
        (0..=group.len()).for_each(|index| text.push(letter(bits >> (18 - 6 * index))));
    }
    let check = check(&text);
    text + "." + &check
}

/// The bytes in a sealed text.
///
/// # Errors
/// It is too long, was damaged on the way, or comes from a newer version.
pub fn open(text: &str) -> Result<Vec<u8>, LinkError> {
    if text.len() > LONGEST {
        return Err(LinkError::TooLong);
    }
    let (signed, seal) = text.rsplit_once('.').ok_or(LinkError::Damaged)?;
    let (version, body) = signed.split_once('.').ok_or(LinkError::Damaged)?;
    if seal != check(signed) {
        return Err(LinkError::Damaged);
    }
    match version.parse::<u32>() {
        Ok(VERSION) => unfold(body).ok_or(LinkError::Damaged),
        Ok(version) if version > VERSION => Err(LinkError::Newer(version)),
        _ => Err(LinkError::Damaged),
    }
}

fn letter(bits: u32) -> char {
    char::from(ALPHABET[(bits & 63) as usize])
}

fn unfold(body: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(body.len() * 3 / 4);
    for group in body.as_bytes().chunks(4) {
        let mut bits = 0u32;
        for index in 0..4 {
            let value = match group.get(index) {
                Some(letter) => ALPHABET.iter().position(|known| known == letter)?,
                None => 0,
            };
            bits = bits << 6 | value as u32;
        }
        let bytes = [(bits >> 16) as u8, (bits >> 8) as u8, bits as u8];
        let (used, unused) = bytes.split_at(group.len().checked_sub(1).filter(|&used| used > 0)?);
        // One text for one run: bits that belong to no byte are zero.
        if unused.iter().any(|&byte| byte != 0) {
            return None;
        }
        out.extend_from_slice(used);
    }
    Some(out)
}

/// The first 30 bits of a CRC-32 (IEEE).
fn check(text: &str) -> String {
    let mut crc = u32::MAX;
    for &byte in text.as_bytes() {
        crc ^= u32::from(byte);
        for _ in 0..8 {
            crc = crc >> 1 ^ if crc & 1 == 1 { 0xedb8_8320 } else { 0 };
        }
    }
    (0..CHECK).map(|index| letter(!crc >> (26 - 6 * index))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_of_every_length_come_back() {
        for length in 0..40u8 {
            let bytes: Vec<u8> = (0..length).map(|byte| byte.wrapping_mul(91)).collect();
            assert_eq!(open(&seal(&bytes)), Ok(bytes));
        }
    }

    #[test]
    fn no_single_slip_of_the_pen_goes_unnoticed() {
        let sealed = seal(b"a run of some length");
        for at in 0..sealed.len() {
            let mut letters: Vec<char> = sealed.chars().collect();
            letters[at] = if letters[at] == 'x' { 'y' } else { 'x' };
            assert_eq!(open(&letters.iter().collect::<String>()), Err(LinkError::Damaged), "at {at}");
            assert_eq!(open(&sealed[..at]), Err(LinkError::Damaged), "cut at {at}");
        }
    }

    #[test]
    fn a_newer_version_is_told_from_a_damaged_one() {
        let newer = "2.AAAA";
        assert_eq!(open(&format!("{newer}.{}", check(newer))), Err(LinkError::Newer(2)));
        assert_eq!(open("2.AAAA.AAAAA"), Err(LinkError::Damaged));
        assert_eq!(open(&"1".repeat(LONGEST + 1)), Err(LinkError::TooLong));
    }
}
