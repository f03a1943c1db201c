//! Minimum-cost flow with proofs: an optimum carries its prices, an infeasible network its cut.
