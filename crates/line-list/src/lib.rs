//! Reads line lists in the encodings people have; what cannot be read is kept and said.
