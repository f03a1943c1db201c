//! A tracing policy as a file holds it.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use contact_tracing::{ContactWindow, OpenEnd, PolicyFault, TracingPolicy};

fn tengchong() -> TracingPolicy {
    TracingPolicy::tengchong_2020(ContactWindow {
        before_onset_days: 2,
        before_sampling_days: Some(2),
    })
}

#[test]
fn a_policy_written_to_a_file_is_read_back_the_same() {
    let mut policy = tengchong();
    policy.settings = Some(["household".to_owned(), "meal".to_owned()].into());
    policy.least_minutes.insert("transport".to_owned(), 15);
    policy.visit_without_end = OpenEnd::Minutes(120);
    policy.infectious_days = Some(10);
    for policy in [policy, tengchong()] {
        let text = toml::to_string(&policy).unwrap();
        assert_eq!(toml::from_str::<TracingPolicy>(&text).unwrap(), policy);
    }
}

#[test]
fn a_misspelt_or_missing_field_is_refused() {
    let text = toml::to_string(&tengchong()).unwrap();
    let misspelt = text.replace("look_back_days", "look_back_day");
    let error = toml::from_str::<TracingPolicy>(&misspelt).unwrap_err();
    assert!(error.to_string().contains("look_back_day"), "{error}");
    let missing = text.replace("latent_days = 0\n", "");
    let error = toml::from_str::<TracingPolicy>(&missing).unwrap_err();
    assert!(error.to_string().contains("latent_days"), "{error}");
}

#[test]
fn every_absurd_value_is_named_with_what_to_do() {
    assert_eq!(tengchong().faults(), []);
    let mut policy = tengchong();
    policy.generations = 0;
    policy.look_back_days = 14_000;
    policy.lingering_minutes = 1_441;
    policy.contact_without_end = OpenEnd::Minutes(u32::MAX);
    policy.settings = Some(["meal".to_owned()].into());
    policy.least_minutes.insert("transport".to_owned(), 2_000);
    let texts: Vec<String> = policy.faults().iter().map(PolicyFault::to_string).collect();
    assert_eq!(
        texts,
        [
            "generations: 0 reaches nobody; write 1 for close contacts, 2 for theirs too",
            "look_back_days: 14000 is more than 366; write a number up to that",
            "lingering_minutes: 1441 is more than 1440; write a number up to that",
            "contact_without_end.minutes: 4294967295 is more than 44640; write a number up to that",
            "transport: 2000 is more than 1440; write a number up to that",
            "least_minutes.transport: the setting is not among `settings`, so it never counts; list it or take this out",
        ]
    );
    policy.settings = Some([].into());
    assert!(policy.faults().contains(&PolicyFault::NoSettings));
}
