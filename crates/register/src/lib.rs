//! Names, identity numbers and telephones, kept where nothing else can print them.
