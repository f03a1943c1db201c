//! Whether an answer of `allocate flow` proves itself, from the two texts alone: nothing here
//! knows how the answer was found.

/// A network as its file has it.
struct Asked {
    supplies: Vec<i128>,
    arcs: Vec<Row>,
}

struct Row {
    tail: usize,
    head: usize,
    lower: i128,
    /// Without limit where it is none.
    capacity: Option<i128>,
    cost: i128,
}

/// What an answer that proves itself says.
#[derive(Debug, PartialEq, Eq)]
pub enum Proved {
    Optimal(i128),
    Infeasible,
    Unbounded,
}

/// Checks the answer line by line against the file.
pub fn proved(file: &str, answer: &str) -> Proved {
    let asked = asked(file);
    let mut lines = answer.lines();
    let first: Vec<&str> = lines.next().unwrap().split(' ').collect();
    let rest: Vec<Vec<&str>> = lines.map(|line| line.split(' ').collect()).collect();
    match first[..] {
        ["s", cost] => Proved::Optimal(optimal(&asked, cost.parse().unwrap(), &rest)),
        ["i"] => infeasible(&asked, &rest),
        ["u"] => unbounded(&asked, &rest),
        _ => panic!("{first:?} begins no answer"),
    }
}

fn asked(file: &str) -> Asked {
    let mut asked = Asked {
        supplies: Vec::new(),
        arcs: Vec::new(),
    };
    for line in file.lines() {
        let fields: Vec<&str> = line.split_whitespace().collect();
        let whole = |place: usize| fields[place].parse::<i128>().unwrap();
        let node = |place: usize| fields[place].parse::<usize>().unwrap() - 1;
        match fields.first() {
            Some(&"p") => asked.supplies = vec![0; fields[2].parse().unwrap()],
            Some(&"n") => asked.supplies[node(1)] = whole(2),
            Some(&"a") => asked.arcs.push(Row {
                tail: node(1),
                head: node(2),
                lower: whole(3),
                capacity: Some(whole(4)).filter(|&capacity| capacity != -1),
                cost: whole(5),
            }),
            _ => {}
        }
    }
    asked
}

/// The flow keeps all bounds and supplies, costs what is said, and no step gains by its prices.
fn optimal(asked: &Asked, cost: i128, rest: &[Vec<&str>]) -> i128 {
    let (nodes, arcs) = (asked.supplies.len(), asked.arcs.len());
    assert_eq!(rest.len(), arcs + nodes, "a line an arc, a line a node");
    let (flows, prices) = rest.split_at(arcs);
    let mut price = Vec::new();
    for (node, fields) in (1..).zip(prices) {
        assert_eq!(fields[..2], ["p", &format!("{node}")]);
        assert_eq!(fields.len(), 3);
        price.push(fields[2].parse::<i128>().unwrap());
    }
    let (mut left, mut counted) = (asked.supplies.clone(), 0);
    for (row, fields) in asked.arcs.iter().zip(flows) {
        let ends = [row.tail + 1, row.head + 1].map(|node| node.to_string());
        assert_eq!(fields[..3], ["f", &ends[0], &ends[1]], "the file's order");
        assert_eq!(fields.len(), 4);
        let flow: i128 = fields[3].parse().unwrap();
        let under = row.capacity.is_none_or(|capacity| flow < capacity);
        assert!(flow >= row.lower && (under || row.capacity == Some(flow)));
        let reduced = row.cost + price[row.tail] - price[row.head];
        assert!(!under || reduced >= 0, "a unit more would gain");
        assert!(flow == row.lower || reduced <= 0, "a unit less would gain");
        left[row.tail] -= flow;
        left[row.head] += flow;
        counted += flow * row.cost;
    }
    assert!(left.iter().all(|&left| left == 0), "supplies are met");
    assert_eq!(counted, cost);
    cost
}

/// More must leave the set than can, or more must reach it than can; or nothing balances at all.
fn infeasible(asked: &Asked, rest: &[Vec<&str>]) -> Proved {
    let mut inside = vec![false; asked.supplies.len()];
    for fields in rest {
        let [kind, node] = fields[..] else {
            panic!("{fields:?} is no line of a cut")
        };
        let node = node.parse::<usize>().unwrap() - 1;
        assert_eq!(kind, "c");
        assert!(!inside[node], "each node once");
        inside[node] = true;
    }
    let sum = |nodes: &[i128]| nodes.iter().sum::<i128>();
    if sum(&asked.supplies) != 0 {
        assert!(inside.iter().all(|&inside| inside), "unbalanced: all nodes");
        return Proved::Infeasible;
    }
    let supply: i128 = (asked.supplies.iter().zip(&inside))
        .map(|(&supply, &inside)| if inside { supply } else { 0 })
        .sum();
    let (mut leave, mut reach) = (Some(-supply), Some(supply));
    for row in &asked.arcs {
        let (more, less) = match (inside[row.tail], inside[row.head]) {
            (true, false) => (&mut leave, &mut reach),
            (false, true) => (&mut reach, &mut leave),
            _ => continue,
        };
        *more = more.zip(row.capacity).map(|(room, most)| room + most);
        *less = less.map(|room| room - row.lower);
    }
    let too_little = |room: Option<i128>| room.is_some_and(|room| room < 0);
    assert!(too_little(leave) || too_little(reach), "the cut cuts");
    Proved::Infeasible
}

/// The arcs follow one another around, none has a limit, and around them costs fall.
fn unbounded(asked: &Asked, rest: &[Vec<&str>]) -> Proved {
    let arcs: Vec<&Row> = (rest.iter())
        .map(|fields| {
            assert_eq!((fields[0], fields.len()), ("a", 2));
            &asked.arcs[fields[1].parse::<usize>().unwrap() - 1]
        })
        .collect();
    for (arc, next) in arcs.iter().zip(arcs.iter().cycle().skip(1)) {
        assert_eq!(arc.head, next.tail);
        assert_eq!(arc.capacity, None);
    }
    assert!(arcs.iter().map(|arc| arc.cost).sum::<i128>() < 0);
    Proved::Unbounded
}
