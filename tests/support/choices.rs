//! Choices made by bytes, which proptest or a fuzzer supplies.
#![allow(
    dead_code,
    unreachable_pub,
    reason = "each test program uses a part of it, and the fuzz targets export it"
)]

/// Bytes that are used up one by one. After the last one each choice is the first of its ways, so that a shorter input
/// makes a simpler value.
pub struct Choices<'c>(&'c [u8]);

impl<'c> Choices<'c> {
    pub fn new(bytes: &'c [u8]) -> Self {
        Choices(bytes)
    }

    /// Returns a number below `ways`.
    pub fn pick(&mut self, ways: usize) -> usize {
        let [first, rest @ ..] = self.0 else { return 0 };
        self.0 = rest;
        usize::from(*first) % ways
    }

    /// Returns true for one of `ways` choices.
    pub fn seldom(&mut self, ways: usize) -> bool {
        self.pick(ways) == ways - 1
    }

    /// Returns one of the values.
    pub fn any<T: Copy>(&mut self, ways: &[T]) -> T {
        ways[self.pick(ways.len())]
    }

    /// Returns 64 bits.
    pub fn bits(&mut self) -> u64 {
        (0..8).fold(0, |bits, _| bits << 8 | self.pick(256) as u64)
    }

    /// Returns a number of a range.
    pub fn within(&mut self, range: std::ops::RangeInclusive<i64>) -> i64 {
        let (low, count) =
            (i128::from(*range.start()), i128::from(*range.end()) - i128::from(*range.start()) + 1);
        // In the range by construction.
        (low + i128::from(self.bits()) % count) as i64
    }

    /// Returns a value or none.
    pub fn maybe<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        (self.pick(2) > 0).then(|| make(self))
    }

    /// Returns up to `most` values.
    pub fn few<T>(&mut self, most: usize, mut make: impl FnMut(&mut Self) -> T) -> Vec<T> {
        (0..self.pick(most + 1)).map(|_| make(self)).collect()
    }
}
