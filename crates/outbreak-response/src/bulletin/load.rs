//! 重担子: groups and checkpoints, and everyone under a measure.

use reporting::messages::{Args, MessageError};
use reporting::{Chart, Section};

use super::{Page, Said};
use crate::charts;

pub(super) fn section(page: &Page<'_>) -> Result<Section, MessageError> {
    let (figures, day) = (&page.day.figures, page.day);
    let mut section = page.section("load")?;
    section.sentences.push(checkpoints(page)?);
    page.claim("load-manned", day.grid.posts.proves_manned(), &mut section)?;
    section.sentences.push(home(page)?);
    section.sentences.push(central(page)?);
    let now =
        figures.home_observation_now + figures.central_quarantine_now + figures.transferred_now;
    let ever = figures.home_observation + figures.central_quarantine + figures.transferred;
    let all_released =
        ever > 0 && now == 0 && figures.undetermined == 0 && figures.communities_silent == 0;
    page.claim("load-all-released", all_released, &mut section)?;
    section.sentences.push(away(page)?);
    if figures.undetermined > 0 {
        let args = Args::new().said("undetermined", page.audience.people(figures.undetermined));
        section
            .sentences
            .push(page.sentence("load-undetermined", &args)?);
    }
    if figures.orders_to_review > 0 {
        let args = Args::new().said("orders", page.audience.people(figures.orders_to_review));
        section.sentences.push(page.sentence("load-review", &args)?);
    }
    section.charts.push(Chart::Lines(charts::under_measure(
        page.policy,
        day,
        page.audience,
    )));
    Ok(section)
}

fn checkpoints(page: &Page<'_>) -> Result<reporting::Sentence, MessageError> {
    let figures = &page.day.figures;
    let count = |value| reporting::FigureValue::Count(value);
    let args = Args::new()
        .said("groups", count(figures.work_groups))
        .said("checkpoints", count(figures.checkpoints))
        .said("hours", count(figures.checkpoint_hours_uncovered))
        .said("people", page.audience.people(figures.people_passed_today))
        .said("vehicles", count(figures.vehicles_passed_today));
    page.sentence("load-checkpoints", &args)
}

/// Yesterday, new, ended and now add up, so that where one is hidden a second is too.
fn home(page: &Page<'_>) -> Result<reporting::Sentence, MessageError> {
    let figures = &page.day.figures;
    let [yesterday, new, ended, now] = page.audience.people_that_add_up([
        page.day.before.home_observation_now,
        figures.home_observation_new_today,
        figures.home_observation_ended_today,
        figures.home_observation_now,
    ]);
    let args = Args::new()
        .said("ever", page.audience.people(figures.home_observation))
        .said("yesterday", yesterday)
        .said("new", new)
        .said("ended", ended)
        .said("now", now)
        .said("students", page.audience.people(figures.returnees_student))
        .said("workers", page.audience.people(figures.returnees_worker));
    page.sentence("load-home", &args)
}

fn central(page: &Page<'_>) -> Result<reporting::Sentence, MessageError> {
    let figures = &page.day.figures;
    let people = |count| page.audience.people(count);
    let args = Args::new()
        .said("central", people(figures.central_quarantine))
        .said("central-now", people(figures.central_quarantine_now))
        .said("transferred", people(figures.transferred))
        .said("transferred-now", people(figures.transferred_now))
        .said("contacts", people(figures.close_contacts))
        .said("secondary", people(figures.secondary_contacts));
    page.sentence("load-central", &args)
}

fn away(page: &Page<'_>) -> Result<reporting::Sentence, MessageError> {
    let figures = &page.day.figures;
    let people = |count| page.audience.people(count);
    let args = Args::new()
        .said("away", people(figures.away))
        .said("reached", people(figures.away_contacted))
        .said("staying", people(figures.away_staying))
        .said("returning", people(figures.away_planning_return));
    page.sentence("load-away", &args)
}
