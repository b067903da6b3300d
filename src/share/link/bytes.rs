//! Numbers and texts as bytes, in postcard's wire format: whole numbers as LEB128, signed ones zigzag, texts and lists
//! with their length before them.

/// Writes.
#[derive(Default)]
pub struct Pen {
    pub out: Vec<u8>,
}

impl Pen {
    pub fn byte(&mut self, byte: u8) {
        self.out.push(byte);
    }

    pub fn flag(&mut self, flag: bool) {
        self.byte(u8::from(flag));
    }

    pub fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.byte(number as u8 | 0x80);
            number >>= 7;
        }
        self.byte(number as u8);
    }

    pub fn signed(&mut self, number: i32) {
        self.number(u64::from((number << 1 ^ number >> 31) as u32));
    }

    pub fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.out.extend_from_slice(text.as_bytes());
    }

    pub fn count(&mut self, length: usize) {
        self.number(length as u64);
    }
}

/// Reads. After the first thing that makes no sense it answers with zeros and [`Eye::is_good`] is false, so that a
/// reader need not look after every step.
pub struct Eye<'a> {
    rest: &'a [u8],
    good: bool,
}

impl<'a> Eye<'a> {
    pub fn new(bytes: &'a [u8]) -> Eye<'a> {
        Eye { rest: bytes, good: true }
    }

    /// Whether everything made sense so far.
    pub fn is_good(&self) -> bool {
        self.good
    }

    pub fn is_at_end(&self) -> bool {
        self.rest.is_empty()
    }

    /// Something made no sense.
    pub fn fail(&mut self) {
        self.good = false;
        self.rest = &[];
    }

    pub fn byte(&mut self) -> u8 {
        match self.rest.split_first() {
            Some((&byte, rest)) => {
                self.rest = rest;
                byte
            }
            None => {
                self.fail();
                0
            }
        }
    }

    pub fn flag(&mut self) -> bool {
        match self.byte() {
            0 => false,
            1 => true,
            _ => {
                self.fail();
                false
            }
        }
    }

    pub fn number(&mut self) -> u64 {
        let mut number = 0u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte();
            let part = u64::from(byte & 0x7f);
            if shift == 63 && part > 1 {
                break;
            }
            number |= part << shift;
            if byte & 0x80 == 0 {
                return number;
            }
        }
        self.fail();
        0
    }

    /// A number that is at most this.
    pub fn number_to(&mut self, most: u64) -> u64 {
        let number = self.number();
        if number > most {
            self.fail();
            return 0;
        }
        number
    }

    pub fn signed(&mut self) -> i32 {
        let number = self.number_to(u64::from(u32::MAX)) as u32;
        (number >> 1) as i32 ^ -((number & 1) as i32)
    }

    /// How many things follow: at most this many, and no more than there are bytes left.
    pub fn count(&mut self, most: usize) -> usize {
        let count = usize::try_from(self.number()).unwrap_or(usize::MAX);
        if count > most || count > self.rest.len() {
            self.fail();
            return 0;
        }
        count
    }

    pub fn text(&mut self, longest: usize) -> &'a str {
        let length = self.count(longest);
        let (text, rest) = self.rest.split_at(length);
        self.rest = rest;
        std::str::from_utf8(text).unwrap_or_else(|_| {
            self.fail();
            ""
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_texts_read_as_they_were_written() {
        let numbers = [0, 1, 127, 128, 300, 16_384, u64::from(u32::MAX), u64::MAX];
        let signed = [0, -1, 1, 200_000, -900_000, i32::MIN, i32::MAX];
        let mut pen = Pen::default();
        numbers.iter().for_each(|&number| pen.number(number));
        signed.iter().for_each(|&number| pen.signed(number));
        pen.text("grüß");
        let mut eye = Eye::new(&pen.out);
        assert_eq!(numbers.map(|_| eye.number()), numbers);
        assert_eq!(signed.map(|_| eye.signed()), signed);
        assert_eq!(eye.text(9), "grüß");
        assert!(eye.is_good() && eye.is_at_end());
    }

    #[test]
    fn the_bytes_are_those_of_postcard() {
        // The examples of postcard's own specification.
        let written = |number| {
            let mut pen = Pen::default();
            pen.number(number);
            pen.out
        };
        assert_eq!(written(127), [0x7f]);
        assert_eq!(written(128), [0x80, 0x01]);
        assert_eq!(written(16_383), [0xff, 0x7f]);
        assert_eq!(written(65_535), [0xff, 0xff, 0x03]);
    }

    #[test]
    fn what_makes_no_sense_reads_as_zeros() {
        for bytes in [&[][..], &[0x80], &[0xff; 11], &[5, 1]] {
            let mut eye = Eye::new(bytes);
            if bytes.first() == Some(&5) {
                assert_eq!(eye.count(100), 0);
            } else {
                assert_eq!(eye.number(), 0);
            }
            assert!(!eye.is_good());
            assert_eq!((eye.byte(), eye.text(5), eye.count(5)), (0, "", 0));
        }
    }
}
