//! 重担子: groups and checkpoints, and everyone under a measure.

use reporting::messages::{Args, MessageError};
use reporting::{Chart, Section};

use super::Page;
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
        let args = Args::new().figure("undetermined", page.audience.people(figures.undetermined));
        section
            .sentences
            .push(page.sentence("load-undetermined", &args)?);
    }
    if figures.orders_to_review > 0 {
        let args = Args::new().figure("orders", page.audience.people(figures.orders_to_review));
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
        .figure("groups", count(figures.work_groups))
        .figure("checkpoints", count(figures.checkpoints))
        .figure("hours", count(figures.checkpoint_hours_uncovered))
        .figure("people", page.audience.people(figures.people_passed_today))
        .figure("vehicles", count(figures.vehicles_passed_today));
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
        .figure("ever", page.audience.people(figures.home_observation))
        .figure("yesterday", yesterday)
        .figure("new", new)
        .figure("ended", ended)
        .figure("now", now)
        .figure("students", page.audience.people(figures.returnees_student))
        .figure("workers", page.audience.people(figures.returnees_worker));
    page.sentence("load-home", &args)
}

fn central(page: &Page<'_>) -> Result<reporting::Sentence, MessageError> {
    let figures = &page.day.figures;
    let people = |count| page.audience.people(count);
    let args = Args::new()
        .figure("central", people(figures.central_quarantine))
        .figure("central-now", people(figures.central_quarantine_now))
        .figure("transferred", people(figures.transferred))
        .figure("transferred-now", people(figures.transferred_now))
        .figure("contacts", people(figures.close_contacts))
        .figure("secondary", people(figures.secondary_contacts));
    page.sentence("load-central", &args)
}

fn away(page: &Page<'_>) -> Result<reporting::Sentence, MessageError> {
    let figures = &page.day.figures;
    let people = |count| page.audience.people(count);
    let args = Args::new()
        .figure("away", people(figures.away))
        .figure("reached", people(figures.away_contacted))
        .figure("staying", people(figures.away_staying))
        .figure("returning", people(figures.away_planning_return));
    page.sentence("load-away", &args)
}
