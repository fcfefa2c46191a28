//! The packs that are built into the program.

/// Writes the list of packs from their file stems.
macro_rules! packs {
    ($($id:literal),* $(,)?) => {
        &[$(($id, include_str!(concat!("../../criteria/", $id, ".toml"))),)*]
    };
}

/// The packs inside the program: file stem, which is the theme's id, and TOML text. `theme list` shows them in this order: first what
/// inspections look at now and what any round can add, then retired themes, the newest first.
pub const BUILT_IN: &[(&str, &str)] = packs![
    "child-sexual-abuse-2025",
    "front-door",
    "programme-wide",
    "domestic-abuse-2024",
    "serious-youth-violence-2023",
    "need-help-2022",
    "criminal-exploitation-2022",
    "mental-health-2019",
    "neglect-2017",
    "domestic-abuse-2016",
    "exploitation-2016",
];

/// The template with the manual of the format in its comments.
pub const TEMPLATE: &str = include_str!("../../criteria/_template.toml");
