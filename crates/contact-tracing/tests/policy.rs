//! A tracing policy as a file holds it.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use contact_tracing::{ContactWindow, OpenEnd, TracingPolicy};

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
