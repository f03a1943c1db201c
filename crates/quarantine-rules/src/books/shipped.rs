//! The books shipped with this crate.

macro_rules! files {
    ($($name:literal,)+) => {
        &[$(($name, include_str!(concat!("../../books/", $name))),)+]
    };
}

/// Each book's file name and text.
pub(super) const FILES: &[(&str, &str)] = files![
    "cn-bj.toml",
    "cn-hb-sy.toml",
    "cn-hb-wh.toml",
    "cn-js-qd.toml",
    "cn-nhc.toml",
    "cn-sd.toml",
    "cn-yn-km.toml",
    "cn-yn-tc-mb.toml",
    "cn-yn-tc.toml",
    "cn-yn.toml",
    "in-kl.toml",
    "in-mohfw.toml",
    "in-wb.toml",
    "uk-eng.toml",
    "us-cdc.toml",
    "us-ia.toml",
    "who.toml",
];
