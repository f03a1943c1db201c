//! The shape of the house: who may depend on whom, and what no crate may say.

use std::collections::BTreeMap;
use std::path::Path;

use cargo_metadata::{CargoOpt, DependencyKind, Metadata, MetadataCommand};

/// The floor of every room. A crate may lean on floors below its own, never on its own or above;
/// floor 5 stands on everything.
const FLOORS: [(&str, u8); 14] = [
    ("line-list", 1),
    ("min-cost-flow", 1),
    ("register", 1),
    ("reporting", 1),
    ("grid-model", 2),
    ("contact-tracing", 3),
    ("follow-up", 3),
    ("job-matching", 3),
    ("quarantine-rules", 3),
    ("supply-allocation", 3),
    ("task-tracking", 3),
    ("outbreak-response", 4),
    ("synthetic-township", 5),
    ("township-folder", 5),
];

fn metadata() -> Metadata {
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.toml");
    MetadataCommand::new()
        .manifest_path(manifest)
        .features(CargoOpt::AllFeatures)
        .no_deps()
        .exec()
        .expect("cargo describes the workspace")
}

fn rooms(metadata: &Metadata) -> impl Iterator<Item = &cargo_metadata::Package> {
    metadata.packages.iter().filter(|package| {
        package
            .manifest_path
            .components()
            .any(|part| part.as_str() == "crates")
    })
}

#[test]
fn no_crate_leans_up_or_sideways() {
    let floors: BTreeMap<&str, u8> = FLOORS.into();
    let metadata = metadata();
    let mut edges = 0;
    for package in rooms(&metadata) {
        let own = floors[package.name.as_str()];
        for dependency in &package.dependencies {
            let Some(&below) = floors.get(dependency.name.as_str()) else {
                continue;
            };
            // A test may try a room on a made-up town; what users get may not.
            if dependency.kind == DependencyKind::Development {
                continue;
            }
            edges += 1;
            assert!(
                below < own,
                "{} (floor {own}) leans on {} (floor {below})",
                package.name,
                dependency.name
            );
        }
    }
    assert!(edges > 20, "only {edges} edges were looked at");
}

#[test]
fn every_room_has_a_floor_and_every_floor_its_rooms() {
    let metadata = metadata();
    let mut found: Vec<&str> = rooms(&metadata)
        .map(|package| package.name.as_str())
        .collect();
    found.sort_unstable();
    let mut known: Vec<&str> = FLOORS.iter().map(|(name, _)| *name).collect();
    known.sort_unstable();
    assert_eq!(found, known);
}

#[test]
fn identities_reach_no_room_but_those_that_fill_and_read_folders() {
    let metadata = metadata();
    let users: Vec<&str> = rooms(&metadata)
        .filter(|package| {
            package
                .dependencies
                .iter()
                .any(|one| one.name == "register" && one.kind == DependencyKind::Normal)
        })
        .map(|package| package.name.as_str())
        .collect();
    assert!(
        users
            .iter()
            .all(|user| ["synthetic-township", "township-folder"].contains(user)),
        "{users:?}"
    );
}

#[test]
fn domain_crates_neither_read_a_clock_nor_open_a_file_nor_print() {
    let forbidden = [
        "std::fs",
        "std::env",
        "SystemTime",
        "Instant::now",
        "Utc::now",
        "Local::now",
        "println!",
    ];
    let mut looked_at = 0;
    let mut open = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates")];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            let skip = path
                .file_name()
                .is_some_and(|name| name == "tests" || name == "target");
            if !skip {
                open.extend(
                    std::fs::read_dir(&path)
                        .unwrap()
                        .map(|entry| entry.unwrap().path()),
                );
            }
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            looked_at += 1;
            let text = std::fs::read_to_string(&path).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap_or("");
            for line in code
                .lines()
                .filter(|line| !line.trim_start().starts_with("//"))
            {
                for word in forbidden {
                    assert!(!line.contains(word), "{}: {line}", path.display());
                }
            }
        }
    }
    assert!(looked_at > 50, "only {looked_at} files were looked at");
}
