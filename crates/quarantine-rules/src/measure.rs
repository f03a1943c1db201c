//! What may be asked of a person, from the lightest to the strictest.

grid_model::words! {
    /// A measure of a rule book.
    ///
    /// They are listed, and compare, from the loosest to the strictest. The order is a
    /// convention of this crate: who may not leave a hospital ward is held more strictly than
    /// who may not leave a central site, that more than being kept at home, that more than
    /// being watched, that more than being asked to watch oneself. At home, isolation of a
    /// case is stricter than quarantine of a contact (not to go out), and that stricter than
    /// observation (the wording of early 2020).
    pub enum Measure {
        /// No duty at all, which differs from "no rule".
        None = "none",
        /// To wear a mask among others.
        Masking = "masking",
        /// To watch oneself.
        SelfMonitoring = "self_monitoring",
        /// To be followed by the authority, at large.
        HealthMonitoring = "health_monitoring",
        /// 居家隔离观察: at home under watch, the wording of early 2020.
        HomeObservation = "home_observation",
        /// At home and not to go out.
        HomeQuarantine = "home_quarantine",
        /// Isolation of a case at home.
        HomeIsolation = "home_isolation",
        /// 集中隔离: at a central site.
        CentralQuarantine = "central_quarantine",
        /// Isolation of a case in hospital.
        HospitalIsolation = "hospital_isolation",
    }
}

impl Measure {
    /// Whether the measure keeps a well person at home: quarantine or observation.
    pub fn is_at_home(self) -> bool {
        matches!(self, Measure::HomeObservation | Measure::HomeQuarantine)
    }
}
