//! The book's own accent colour: one colour in `book.toml`, and from it one for each scheme that can be read on every
//! ground of the theme.

use crate::config::Color;

/// What a text must stand out by (WCAG 2.2, 1.4.3).
const READABLE: f64 = 4.5;

/// One scheme: the colour that accents move towards until they can be read, the page's ground, the quiet text that stands
/// on the soft accent too, and all other grounds that links stand on.
struct Scheme {
    towards: Color,
    ground: Color,
    quiet: Color,
    grounds: [Color; 7],
}

const fn rgb(red: u8, green: u8, blue: u8) -> Color {
    Color { channels: [red, green, blue] }
}

const LIGHT: Scheme = Scheme {
    towards: rgb(0, 0, 0),
    ground: rgb(0xff, 0xff, 0xff),
    quiet: rgb(0x56, 0x60, 0x72),
    grounds: [
        rgb(0xf6, 0xf8, 0xfb),
        rgb(0xe2, 0xf4, 0xe9),
        rgb(0xe7, 0xee, 0xfd),
        rgb(0xfd, 0xf1, 0xd8),
        rgb(0xfd, 0xea, 0xe8),
        rgb(0xed, 0xf0, 0xf4),
        rgb(0xff, 0xff, 0xff),
    ],
};

const DARK: Scheme = Scheme {
    towards: rgb(0xff, 0xff, 0xff),
    ground: rgb(0x10, 0x14, 0x1c),
    quiet: rgb(0xa3, 0xad, 0xbd),
    grounds: [
        rgb(0x0c, 0x10, 0x17),
        rgb(0x16, 0x1b, 0x25),
        rgb(0x12, 0x30, 0x1f),
        rgb(0x1b, 0x27, 0x48),
        rgb(0x36, 0x27, 0x07),
        rgb(0x41, 0x1a, 0x17),
        rgb(0x22, 0x2a, 0x37),
    ],
};

/// The style rules that put a colour in the place of the theme's own accent, in both schemes.
pub(super) fn style(accent: Color) -> String {
    let (light, light_soft) = shades(accent, &LIGHT);
    let (dark, dark_soft) = shades(accent, &DARK);
    format!(
        "\n/* The accent of book.toml, as it can be read in each scheme */\n:root {{\n  --accent: light-dark({}, {});\n  --accent-soft: light-dark({}, {});\n}}\n",
        light.hex(),
        dark.hex(),
        light_soft.hex(),
        dark_soft.hex(),
    )
}

/// The accent as it can be read in a scheme, and the soft ground that goes with it.
fn shades(accent: Color, scheme: &Scheme) -> (Color, Color) {
    let steps = (0..=50).map(|step| accent.mixed(scheme.towards, step * 2));
    let pairs = steps.map(|shade| (shade, soft(shade, scheme)));
    let readable = |(shade, soft): &(Color, Color)| {
        scheme.grounds.iter().chain([soft]).all(|ground| shade.contrast(*ground) >= READABLE)
    };
    let pure = (scheme.towards, soft(scheme.towards, scheme));
    pairs.into_iter().find(readable).unwrap_or(pure)
}

/// As much of the colour on the page's ground as quiet text bears.
fn soft(shade: Color, scheme: &Scheme) -> Color {
    let grounds = (1..=6).rev().map(|step| scheme.ground.mixed(shade, step * 2));
    grounds.into_iter().find(|ground| scheme.quiet.contrast(*ground) >= READABLE).unwrap_or(scheme.ground)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Both halves of every `light-dark()` of the shipped style sheet whose property a test asks for.
    fn shipped(wanted: fn(&str) -> bool) -> Vec<(Color, Color)> {
        let (_, style) =
            crate::site::theme::shipped::FILES.iter().find(|(name, _)| *name == "style.css").expect("it is there");
        let properties = style.lines().filter_map(|line| line.trim().strip_prefix("--")?.split_once(": light-dark("));
        let pairs = properties.filter(|(name, _)| wanted(name)).filter_map(|(_, rest)| {
            let (light, dark) = rest.trim_end_matches(");").split_once(", ")?;
            Some((Color::parse(light)?, Color::parse(dark)?))
        });
        pairs.collect()
    }

    #[test]
    fn any_colour_can_be_read_on_every_ground_of_the_theme() {
        let soft_of_another = |name: &str| name.ends_with("-soft") && name != "accent-soft";
        let mut grounds = shipped(|name| name.starts_with("surface"));
        grounds.extend(shipped(soft_of_another));
        let quiet = shipped(|name| name == "text-quiet");
        assert!(grounds.len() > 6 && quiet.len() == 1, "{grounds:?}");
        for accent in ["#000", "#fff", "#ffcc00", "#1a5fb4", "#808080", "#00ff00", "#c01c28", "#0000ff", "#f6f8fb"] {
            let accent = Color::parse(accent).expect("a colour");
            let ((light, light_soft), (dark, dark_soft)) = (shades(accent, &LIGHT), shades(accent, &DARK));
            for (on_light, on_dark) in grounds.iter().copied().chain([(light_soft, dark_soft)]) {
                assert!(light.contrast(on_light) >= READABLE, "{light:?} on {on_light:?}");
                assert!(dark.contrast(on_dark) >= READABLE, "{dark:?} on {on_dark:?}");
            }
            let (quiet_light, quiet_dark) = quiet[0];
            assert!(quiet_light.contrast(light_soft) >= READABLE && quiet_dark.contrast(dark_soft) >= READABLE);
        }
    }

    #[test]
    fn a_colour_that_can_be_read_stays_as_it_is() {
        let blue = Color::parse("#1a5fb4").expect("a colour");
        assert_eq!(shades(blue, &LIGHT).0, blue);
    }
}
