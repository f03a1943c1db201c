//! What `allocate flow` says of files that are no network.

use outbreak_response_tests::program::{Answer, Folder, gzipped};

fn asked(network: impl AsRef<[u8]>) -> Answer {
    let folder = Folder::new().with("net.min", network);
    folder.allocate("flow net.min")
}

/// The complaints, each without the file's name, of a file that gives no answer.
fn complaints(network: impl AsRef<[u8]>) -> Vec<String> {
    let found = asked(network);
    assert_eq!((found.code, found.out.as_str()), (1, ""), "{}", found.err);
    let (said, last) = found.err.trim_end().rsplit_once('\n').unwrap();
    assert_eq!(
        last,
        "error: net.min: is not a network; mend the lines named above and run again"
    );
    let lines = said.lines().map(|line| {
        line.strip_prefix("refused: net.min, ")
            .unwrap_or(line)
            .to_owned()
    });
    lines.collect()
}

#[test]
fn every_line_that_is_wrong_is_named_with_its_field_value_and_remedy() {
    let cases = [
        (
            "p min 2 1\na 1 2 5 4 1\n",
            "line 2: arc 1, capacity: 4 is under the lower bound 5; raise the capacity or lower the bound",
        ),
        (
            "p min 2 1\na 1 3 0 4 1\n",
            "line 2, head: 3 is not a node; nodes are numbered from 1 to 2",
        ),
        (
            "p min 2 1\na 0 2 0 4 1\n",
            "line 2, tail: 0 is not a node; nodes are numbered from 1 to 2",
        ),
        (
            "p min 2 0\nn -1 4\n",
            "line 2, node: -1 is not a node; nodes are numbered from 1 to 2",
        ),
        (
            "p min 2 1\nn 1 2.5\na 1 2 0 4 1\n",
            "line 2, supply: \"2.5\" is not a whole number between -2^63 and 2^63; write digits alone",
        ),
        (
            "p min 2 1\na 1 2 0 1e3 1\n",
            "line 2, capacity: \"1e3\" is not a whole number between -2^63 and 2^63; write digits alone",
        ),
        (
            "p min 2 1\na 1 2 0 4 9223372036854775808\n",
            "line 2, cost: \"9223372036854775808\" is not a whole number between -2^63 and 2^63; write digits alone",
        ),
        (
            "p min 2 1\na 1 2 0 4 9223372036854775807\n",
            "line 2: arc 1, cost: 9223372036854775807 is too large among 2 nodes; keep costs from -288230376151711743 to 288230376151711743",
        ),
        (
            "p min 2 1\nn 1 9223372036854775807\nn 2 -9223372036854775807\na 1 2 0 -1 1\n",
            "line 2: node 1, supply: 9223372036854775807 brings the amounts in the network past 4611686018427387903; count in a larger unit",
        ),
        (
            "p min 2 1\na 1 2 0 4\n",
            "line 2: 4 fields follow \"a\", 5 belong there: TAIL HEAD LOWER CAPACITY COST",
        ),
        (
            "p min 2 1\na 1 2 0 4 1 c the short road\n",
            "line 2: 9 fields follow \"a\", 5 belong there: TAIL HEAD LOWER CAPACITY COST",
        ),
        (
            "p min 2 2\na 1 2 0 4 1\n",
            "line 1, arcs: 2 are announced, 1 follow; correct the number or add what was cut off",
        ),
        (
            "p min 2 0\nn 1 4\nn 1 4\n",
            "line 3: the supply of node 1 already stands in line 2; remove one",
        ),
        (
            "p min 2 0\np min 2 0\n",
            "line 2: the problem line already stands in line 1; remove one",
        ),
        (
            "c nothing\n",
            "line 2: no problem line stands before it; begin with `p min NODES ARCS`",
        ),
        (
            "",
            "line 1: no problem line stands before it; begin with `p min NODES ARCS`",
        ),
        (
            "a 1 2 0 4 1\np min 2 1\n",
            "line 1: no problem line stands before it; begin with `p min NODES ARCS`",
        ),
        (
            "p max 2 1\n",
            "line 1, problem: \"max\" is not solved here; write `p min NODES ARCS`",
        ),
        (
            "p min 999999999999 1\n",
            "line 1, nodes: 999999999999 is not between 0 and 50000000; correct it or raise the limit",
        ),
        (
            "p min -2 0\n",
            "line 1, nodes: -2 is not between 0 and 50000000; correct it or raise the limit",
        ),
        (
            "time_s,person_a,person_b\n",
            "line 1: \"time_s,person_a,person_b\" is no kind of line; begin it with c, p, n or a",
        ),
    ];
    for (network, expected) in cases {
        let said = complaints(network);
        assert_eq!(said.first().unwrap(), expected);
        // The same line in a file of another system's line ends is the same line.
        assert_eq!(complaints(network.replace('\n', "\r\n")), said);
    }
}

#[test]
fn all_that_is_wrong_is_said_at_once_and_of_much_the_first_twenty() {
    let said = complaints("p min 2 3\nn 1 x\na 1 9 0 4 1\na 1 2 5 4 1\na 1 2 0 4 1\n");
    let lines: Vec<&str> = said.iter().map(|line| &line[..6]).collect();
    assert_eq!(lines, ["line 2", "line 3", "line 4"]);
    let many = complaints("x\n".repeat(1000));
    assert_eq!(
        (many.len(), many[20].as_str()),
        (21, "refused: and 980 more")
    );
}

#[test]
fn a_file_cut_off_damaged_or_of_another_kind_is_named() {
    let network = "p min 2 1\nn 1 4\nn 2 -4\na 1 2 0 -1 3\n";
    let packed = gzipped(network);
    let mut flipped = packed.clone();
    flipped[15] ^= 0x55;
    let cases: [(&[u8], &str); 4] = [
        (&packed[..packed.len() - 9], "cut off"),
        (
            &packed[..1],
            "the file is not text: byte 0 is 0x1f; name a network in DIMACS form, saved as plain text",
        ),
        (&flipped, "contradict themselves"),
        (b"PK\x03\x04rest of a spreadsheet", "spreadsheet"),
    ];
    for (bytes, said) in cases {
        let found = asked(bytes);
        assert_eq!((found.code, found.out.as_str()), (1, ""), "{said}");
        let begins = found.err.starts_with("error: net.min: ");
        assert!(begins && found.err.contains(said), "{said}: {}", found.err);
    }
    let gone = Folder::new().allocate("flow gone.min.gz");
    assert_eq!((gone.code, gone.out.as_str()), (1, ""));
    assert!(gone.err.starts_with("error: gone.min.gz: "));
}

#[test]
fn a_value_of_any_length_is_named_without_flooding_the_screen() {
    let long = "7".repeat(3_000_000);
    for network in [
        format!("p min 2 1\na 1 2 0 4 {long}\n"),
        format!("p min 2 1\n{long}\n"),
        format!("p min 2 1\na{}\n", " 1".repeat(1_000_000)),
        format!("p {long} 2 1\n"),
    ] {
        let said = complaints(network);
        assert!(
            said.iter().all(|line| line.len() < 200),
            "{}",
            said[0].len()
        );
    }
    let remark = format!("c {long}\np min 1 0\n");
    assert_eq!(asked(remark).out, "s 0\np 1 0\n");
}
