//! A township as a folder of tables: bytes in, township and records out, and back.
