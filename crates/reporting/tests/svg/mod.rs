//! Reads a drawing back as a reader's eye would: boxes of words.

/// Words with the box they take by the width estimate, in tenths of a pixel.
#[derive(Debug)]
pub struct Label {
    pub words: String,
    pub left: i64,
    pub right: i64,
    pub top: i64,
    pub bottom: i64,
}

impl Label {
    /// Whether two boxes share more than a rounding of a pixel.
    pub fn overlaps(&self, other: &Self) -> bool {
        !self.words.is_empty()
            && !other.words.is_empty()
            && self.left + 5 < other.right
            && other.left + 5 < self.right
            && self.top + 5 < other.bottom
            && other.top + 5 < self.bottom
    }
}

/// Every value between `before` and the next quotation mark or bracket.
pub fn values<'a>(drawing: &'a str, before: &str) -> Vec<&'a str> {
    let rest = drawing.split(before).skip(1);
    rest.map(|rest| rest.split(['"', ')']).next().unwrap())
        .collect()
}

fn tenths(number: &str) -> i64 {
    let (whole, tenth) = number.split_once('.').expect("one decimal");
    assert_eq!(tenth.len(), 1, "{number}");
    format!("{whole}{tenth}").parse().unwrap()
}

/// Width and height of the drawing.
pub fn size(drawing: &str) -> (i64, i64) {
    let view = values(drawing, "viewBox=\"")[0];
    let sides: Vec<&str> = view.split(' ').collect();
    (tenths(sides[2]), tenths(sides[3]))
}

/// Every label of the drawing.
pub fn labels(drawing: &str) -> Vec<Label> {
    let texts = drawing.split("<text ").skip(1);
    texts
        .map(|text| label(text.split("</text>").next().unwrap()))
        .collect()
}

fn label(text: &str) -> Label {
    let (attributes, words) = text.split_once('>').unwrap();
    let attribute = |name: &str| values(attributes, &format!("{name}=\""))[0];
    // Lesser words stand in an element of their own inside the text.
    let words: String = words
        .split('<')
        .map(|part| part.split_once('>').map_or(part, |(_, words)| words))
        .collect();
    let words = words
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
    let size: i64 = attribute("font-size").parse().unwrap();
    let (x, y) = (
        tenths(
            attributes
                .split("x=\"")
                .nth(1)
                .unwrap()
                .split('"')
                .next()
                .unwrap(),
        ),
        tenths(attribute(" y")),
    );
    // 1 em from U+2E80 on, 0.56 em below.
    let width: i64 = words
        .chars()
        .map(|c| {
            if c as u32 >= 0x2E80 {
                size * 10
            } else {
                size * 56 / 10
            }
        })
        .sum();
    let left = match attribute("text-anchor") {
        "start" => x,
        "middle" => x - width / 2,
        _ => x - width,
    };
    // Letters reach about 0.85 em above their baseline and 0.2 em below.
    Label {
        words,
        left,
        right: left + width,
        top: y - size * 17 / 2,
        bottom: y + size * 2,
    }
}
