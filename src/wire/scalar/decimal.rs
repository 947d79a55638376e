//! Numbers as text: [`Decimal`].

/// The parts of a decimal number: `-12.50e3`.
pub(super) struct Decimal<'t> {
    text: &'t str,
    sign: Option<char>,
    whole: &'t str,
    pub(super) fraction: &'t str,
    exponent: Option<i64>,
}

impl<'t> Decimal<'t> {
    pub(super) fn parse(text: &'t str) -> Option<Self> {
        let sign = text.chars().next().filter(|c| matches!(c, '+' | '-'));
        let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
        let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, Some(parse_exponent(exponent)?)),
            None => (unsigned, None),
        };
        let (whole, fraction) = match mantissa.split_once('.') {
            Some((whole, fraction)) => (whole, (!fraction.is_empty()).then_some(fraction)?),
            None => (mantissa, ""),
        };
        let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        (!whole.is_empty() && is_digits(whole) && is_digits(fraction)).then_some(Decimal {
            text,
            sign,
            whole,
            fraction,
            exponent,
        })
    }

    /// Returns true if it is written as documented: no plus, no exponent, no zero before other digits, no negative zero.
    pub(super) fn is_plain(&self) -> bool {
        let zero_first = self.whole.len() > 1 && self.whole.starts_with('0');
        let odd_sign = match self.sign {
            Some('-') => self.is_zero(),
            sign => sign.is_some(),
        };
        self.exponent.is_none() && !zero_first && !odd_sign
    }

    pub(super) fn is_zero(&self) -> bool {
        self.digits().all(|digit| digit == b'0')
    }

    /// Returns true if the value is this number, as far as its shortest spelling shows.
    pub(super) fn is_exactly(&self, value: f64) -> bool {
        /// This number of digits survives the conversion to binary and back, but for the smallest numbers.
        const SAFE_DIGITS: usize = 15;
        let is_short = self.whole.len().saturating_add(self.fraction.len()) <= SAFE_DIGITS;
        is_short && !value.is_subnormal() || self.is_shortest_of(value)
    }

    /// Returns true if the shortest spelling of a value is of the same number.
    #[cold]
    fn is_shortest_of(&self, value: f64) -> bool {
        let shortest = value.abs().to_string();
        Decimal::parse(&shortest).is_some_and(|shortest| shortest.normal_form() == self.normal_form())
    }

    /// The digits without zeros at either end, and the power of ten of the last one.
    fn normal_form(&self) -> (Vec<u8>, i64) {
        let mut digits: Vec<u8> = self.digits().skip_while(|digit| *digit == b'0').collect();
        let before = digits.len();
        while digits.last() == Some(&b'0') {
            digits.pop();
        }
        let as_power = |len: usize| i64::try_from(len).unwrap_or(i64::MAX);
        let power = self
            .exponent
            .unwrap_or(0)
            .saturating_sub(as_power(self.fraction.len()))
            .saturating_add(as_power(before.saturating_sub(digits.len())));
        (digits, power)
    }

    fn digits(&self) -> impl DoubleEndedIterator<Item = u8> {
        self.whole.bytes().chain(self.fraction.bytes())
    }

    /// The number, if it is whole and fits.
    pub(super) fn to_i64(&self) -> Option<i64> {
        if self.is_plain() && self.fraction.is_empty() {
            return self.text.parse().ok();
        }
        let leading = self.digits().take_while(|digit| *digit == b'0').count();
        let trailing = self.digits().rev().take_while(|digit| *digit == b'0').count();
        let len = self.whole.len().checked_add(self.fraction.len())?;
        if leading == len {
            return Some(0);
        }
        let significant = len.checked_sub(leading)?.checked_sub(trailing)?;
        let shift = self
            .exponent
            .unwrap_or(0)
            .checked_sub(i64::try_from(self.fraction.len()).ok()?)?
            .checked_add(i64::try_from(trailing).ok()?)?;
        let shift = u32::try_from(shift).ok()?;
        let magnitude = self.digits().skip(leading).take(significant).try_fold(0_i128, |sum, digit| {
            sum.checked_mul(10)?.checked_add(i128::from(digit.checked_sub(b'0')?))
        })?;
        let magnitude = magnitude.checked_mul(10_i128.checked_pow(shift)?)?;
        let signed = if self.sign == Some('-') { magnitude.checked_neg()? } else { magnitude };
        i64::try_from(signed).ok()
    }
}

/// A decimal exponent; one beyond an `i64` becomes the largest or the smallest.
fn parse_exponent(text: &str) -> Option<i64> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let saturated = if text.starts_with('-') { i64::MIN } else { i64::MAX };
    Some(text.parse().unwrap_or(saturated))
}
