//! Carries goods from suppliers through village purchasers to households, fairly when short.
