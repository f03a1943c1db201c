//! Grids, work groups and who is appointed to what.

use grid_model::{GridAreaRow, GridRow, Role};

use crate::chance::Chance;
use crate::people::{Part, People};
use crate::places::Places;
use crate::plan::Plan;
use crate::rows::{key, key_width};

/// One appointment, by numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Appointment {
    pub(crate) person: usize,
    pub(crate) role: Role,
    pub(crate) work_group: Option<usize>,
    pub(crate) grid: Option<usize>,
}

/// Everyone appointed, and the grids they are appointed for.
#[derive(Clone, Debug)]
pub(crate) struct Staffing {
    pub(crate) appointments: Vec<Appointment>,
    pub(crate) grids: Vec<GridRow>,
    pub(crate) grid_areas: Vec<GridAreaRow>,
    /// The grid of each village.
    pub(crate) grid_of_village: Vec<usize>,
    /// The lead of each grid.
    pub(crate) leads: Vec<Option<usize>>,
    /// The doctor of each community: few, and shared between its grids.
    pub(crate) doctors: Vec<Option<usize>>,
    pub(crate) cadres: Vec<usize>,
    /// Teams of each checkpoint; they follow each other.
    pub(crate) teams: Vec<Vec<Vec<usize>>>,
    /// The purchaser of each village.
    pub(crate) purchasers: Vec<Option<usize>>,
}

/// From how many households on a grid needs no further village.
const GRID_HOUSEHOLDS: u32 = 60;
/// Four teams of eight hours: each rests a day between two turns.
const TEAMS: usize = 4;
/// How many cadres each work group has.
const CADRES_EACH: usize = 4;

impl Staffing {
    /// Divides the villages into grids and appoints people who may serve.
    pub(crate) fn draw(
        plan: &Plan,
        places: &Places,
        people: &mut People,
        chance: &mut Chance,
    ) -> Self {
        let mut staffing = Staffing {
            appointments: Vec::new(),
            grids: Vec::new(),
            grid_areas: Vec::new(),
            grid_of_village: Vec::new(),
            leads: Vec::new(),
            doctors: Vec::new(),
            cadres: Vec::new(),
            teams: Vec::new(),
            purchasers: Vec::new(),
        };
        // Where the plan counts the figures, each village is a grid of its own.
        let enough = plan.last_day.map_or(GRID_HOUSEHOLDS, |_| 0);
        staffing.divide(places, enough);
        staffing.appoint_leads_and_doctors(places, people, chance);
        staffing.appoint_purchasers(plan, places, people, chance);
        staffing.appoint_cadres(plan, places, people, chance);
        staffing.appoint_teams(plan, places, people, chance);
        staffing
    }

    /// Neighbouring villages of one community share a grid until it has households enough.
    fn divide(&mut self, places: &Places, enough: u32) {
        let width = key_width(places.villages.len());
        for community in &places.communities {
            let mut households = enough;
            for village in community.villages.clone() {
                let area = &places.areas[places.villages[village].area];
                if households >= enough {
                    households = 0;
                    self.grids.push(GridRow {
                        id: key("G", self.grids.len(), width),
                        name_zh: format!("{}网格", area.name_zh),
                        name_en: format!("{} Grid", area.name_en),
                    });
                }
                let groups = places.villages[village].groups.clone();
                households += places.groups[groups]
                    .iter()
                    .map(|group| group.households)
                    .sum::<u32>();
                let grid = self.grids.len() - 1;
                self.grid_areas.push(GridAreaRow {
                    grid: self.grids[grid].id.clone(),
                    area: area.id.clone(),
                });
                self.grid_of_village.push(grid);
            }
        }
    }

    fn appoint_leads_and_doctors(
        &mut self,
        places: &Places,
        people: &mut People,
        chance: &mut Chance,
    ) {
        for (number, community) in places.communities.iter().enumerate() {
            let mut grids: Vec<usize> = Vec::new();
            for village in community.villages.clone() {
                let grid = self.grid_of_village[village];
                if grids.last() != Some(&grid) {
                    grids.push(grid);
                    let lead = local(village, places, people, chance);
                    self.leads.push(lead);
                    self.appoint(lead, Role::GridLead, Some(1), Some(grid), people);
                }
            }
            let homes = places.dwellings_of_community(number);
            let doctor = people.someone_in(homes, chance);
            for grid in grids {
                self.appoint(doctor, Role::Doctor, Some(1), Some(grid), people);
            }
            self.doctors.push(doctor);
        }
    }

    fn appoint_purchasers(
        &mut self,
        plan: &Plan,
        places: &Places,
        people: &mut People,
        chance: &mut Chance,
    ) {
        for village in 0..places.villages.len() {
            let homes = places.dwellings_of_village(village);
            let found = people.someone_in(homes, chance);
            let without = match plan.last_day {
                Some(exact) => village < exact.without_purchaser,
                None => chance.in_thousand(plan.flaws.villages_without_purchaser),
            };
            let purchaser = found.filter(|_| !without);
            let group = plan.work_groups.len().checked_sub(3);
            let grid = Some(self.grid_of_village[village]);
            self.appoint(purchaser, Role::Purchaser, group, grid, people);
            self.purchasers.push(purchaser);
        }
    }

    fn appoint_cadres(
        &mut self,
        plan: &Plan,
        places: &Places,
        people: &mut People,
        chance: &mut Chance,
    ) {
        let town = 0..places.dwellings.len();
        for group in 0..plan.work_groups.len() {
            for _ in 0..CADRES_EACH {
                let cadre = people.someone_in(town.clone(), chance);
                self.cadres.extend(cadre);
                self.appoint(cadre, Role::Cadre, Some(group), None, people);
            }
        }
    }

    fn appoint_teams(
        &mut self,
        plan: &Plan,
        places: &Places,
        people: &mut People,
        chance: &mut Chance,
    ) {
        let town = 0..places.dwellings.len();
        let group = (plan.work_groups.len() > 4).then_some(4);
        for (_, minimum) in &plan.checkpoints {
            let mut teams = Vec::new();
            for _ in 0..TEAMS {
                let mut team = Vec::new();
                for place in 0..*minimum {
                    let role = match place {
                        0 => Role::Police,
                        1 => Role::Cadre,
                        _ => Role::PartyMember,
                    };
                    let member = people.someone_in(town.clone(), chance);
                    self.appoint(member, role, group, None, people);
                    team.extend(member);
                }
                teams.push(team);
            }
            self.teams.push(teams);
        }
    }

    /// Appoints someone, if there is someone.
    pub(crate) fn appoint(
        &mut self,
        person: Option<usize>,
        role: Role,
        work_group: Option<usize>,
        grid: Option<usize>,
        people: &mut People,
    ) {
        if let Some(person) = person {
            people.engage(person, Part::Staff);
            self.appointments.push(Appointment {
                person,
                role,
                work_group,
                grid,
            });
        }
    }
}

/// Someone who may serve, of the village, else of its community, else of the town.
pub(crate) fn local(
    village: usize,
    places: &Places,
    people: &People,
    chance: &mut Chance,
) -> Option<usize> {
    let community = places.villages[village].community;
    people
        .someone_in(places.dwellings_of_village(village), chance)
        .or_else(|| people.someone_in(places.dwellings_of_community(community), chance))
        .or_else(|| people.someone_in(0..places.dwellings.len(), chance))
}
