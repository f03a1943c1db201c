//! Sends workers to vacancies they are skilled and cleared for.
