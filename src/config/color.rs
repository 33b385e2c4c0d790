//! Colours as `#1a5fb4`, and how well one stands out from another.

/// An opaque colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Color {
    /// Red, green and blue.
    pub channels: [u8; 3],
}

impl Color {
    /// The colour written as `#1a5fb4` or `#15b`; none for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
        let channel = |at: usize| match digits.len() {
            6 => u8::from_str_radix(&digits[at * 2..at * 2 + 2], 16).ok(),
            3 => u8::from_str_radix(&digits[at..=at], 16).ok().map(|digit| digit * 17),
            _ => None,
        };
        Some(Self { channels: [channel(0)?, channel(1)?, channel(2)?] })
    }

    /// The colour as `#1a5fb4`.
    pub fn hex(self) -> String {
        let [red, green, blue] = self.channels;
        format!("#{red:02x}{green:02x}{blue:02x}")
    }

    /// The colour with `percent` of another in it.
    #[must_use]
    pub fn mixed(self, other: Self, percent: u32) -> Self {
        let share = percent.min(100);
        let mix = |own: u8, other: u8| {
            let sum = u32::from(own) * (100 - share) + u32::from(other) * share;
            u8::try_from((sum + 50) / 100).expect("a mean of two channels is a channel")
        };
        let [red, green, blue] = self.channels;
        let [other_red, other_green, other_blue] = other.channels;
        Self { channels: [mix(red, other_red), mix(green, other_green), mix(blue, other_blue)] }
    }

    /// How well the colour stands out from another: from 1 to 21, as WCAG 2.2 counts it.
    pub fn contrast(self, other: Self) -> f64 {
        let (own, other) = (self.luminance(), other.luminance());
        (own.max(other) + 0.05) / (own.min(other) + 0.05)
    }

    fn luminance(self) -> f64 {
        let [red, green, blue] = self.channels.map(|channel| {
            let share = f64::from(channel) / 255.0;
            if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_read_in_both_lengths() {
        assert_eq!(Color::parse("#1a5fb4").map(Color::hex).as_deref(), Some("#1a5fb4"));
        assert_eq!(Color::parse("#1AF").map(Color::hex).as_deref(), Some("#11aaff"));
        for wrong in ["1a5fb4", "#1a5fb", "#1a5fb4ff", "#ggg", "#", "", "red", "#青い"] {
            assert_eq!(Color::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn contrast_is_that_of_the_guideline() {
        let color = |text| Color::parse(text).expect("a colour");
        assert!((color("#000").contrast(color("#fff")) - 21.0).abs() < 0.001);
        assert!((color("#777").contrast(color("#fff")) - 4.478).abs() < 0.001);
        assert!((color("#fff").contrast(color("#777")) - 4.478).abs() < 0.001);
    }
}
