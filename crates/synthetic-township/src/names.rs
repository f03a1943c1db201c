//! Invented names of places and of people, in both languages where a page prints both.

use crate::chance::Chance;

/// A name in Chinese and in English.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Name {
    pub(crate) zh: String,
    pub(crate) en: String,
}

impl Name {
    pub(crate) fn new(zh: &str, en: &str) -> Self {
        Name {
            zh: zh.to_owned(),
            en: en.to_owned(),
        }
    }
}

const FIRST: [(&str, &str); 20] = [
    ("大", "Da"),
    ("小", "Xiao"),
    ("上", "Shang"),
    ("下", "Xia"),
    ("老", "Lao"),
    ("新", "Xin"),
    ("红", "Hong"),
    ("白", "Bai"),
    ("青", "Qing"),
    ("黑", "Hei"),
    ("东", "Dong"),
    ("西", "Xi"),
    ("南", "Nan"),
    ("北", "Bei"),
    ("前", "Qian"),
    ("后", "Hou"),
    ("高", "Gao"),
    ("双", "Shuang"),
    ("龙", "Long"),
    ("石", "Shi"),
];
const MIDDLE: [(&str, &str); 20] = [
    ("竹", "zhu"),
    ("松", "song"),
    ("杉", "sha"),
    ("梨", "li"),
    ("桃", "tao"),
    ("花", "hua"),
    ("茶", "cha"),
    ("水", "shui"),
    ("泉", "quan"),
    ("沙", "sha"),
    ("马", "ma"),
    ("牛", "niu"),
    ("羊", "yang"),
    ("鹤", "he"),
    ("云", "yun"),
    ("岩", "yan"),
    ("桥", "qiao"),
    ("庙", "miao"),
    ("蕉", "jiao"),
    ("麦", "mai"),
];
const LAST: [(&str, &str); 12] = [
    ("寨", "zhai"),
    ("坝", "ba"),
    ("坡", "po"),
    ("田", "tian"),
    ("营", "ying"),
    ("河", "he"),
    ("塘", "tang"),
    ("岭", "ling"),
    ("街", "jie"),
    ("湾", "wan"),
    ("箐", "qing"),
    ("坪", "ping"),
];

/// Invented names of villages: each once until all are used, then again from the first.
#[derive(Clone, Debug)]
pub(crate) struct VillageNames {
    order: Vec<usize>,
    next: usize,
}

impl VillageNames {
    pub(crate) fn new(chance: &mut Chance) -> Self {
        let mut order: Vec<usize> = (0..FIRST.len() * MIDDLE.len() * LAST.len()).collect();
        chance.shuffle(&mut order);
        VillageNames { order, next: 0 }
    }

    pub(crate) fn next(&mut self) -> Name {
        let number = self.order[self.next % self.order.len()];
        self.next += 1;
        let first = FIRST[number % FIRST.len()];
        let middle = MIDDLE[number / FIRST.len() % MIDDLE.len()];
        let last = LAST[number / FIRST.len() / MIDDLE.len() % LAST.len()];
        Name {
            zh: [first.0, middle.0, last.0].concat(),
            en: [first.1, middle.1, last.1].concat(),
        }
    }
}

const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];

/// The Chinese numeral of a number under a hundred; digits beyond.
pub(crate) fn numeral(number: usize) -> String {
    match (number / 10, number % 10) {
        (0, ones) => DIGITS[ones].to_owned(),
        (1, 0) => "十".to_owned(),
        (1, ones) => format!("十{}", DIGITS[ones]),
        (tens @ 2..=9, 0) => format!("{}十", DIGITS[tens]),
        (tens @ 2..=9, ones) => format!("{}十{}", DIGITS[tens], DIGITS[ones]),
        _ => number.to_string(),
    }
}

const SURNAMES: [&str; 40] = [
    "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林",
    "何", "郭", "马", "罗", "梁", "宋", "郑", "谢", "韩", "唐", "冯", "于", "董", "萧", "程", "曹",
    "袁", "邓", "许", "傅", "沈", "段", "番", "尹",
];
const GIVEN: [&str; 60] = [
    "明", "华", "国", "建", "文", "军", "平", "志", "伟", "东", "海", "强", "晓", "永", "林", "春",
    "光", "新", "成", "德", "家", "庆", "福", "安", "顺", "兴", "荣", "贵", "芳", "丽", "英", "秀",
    "兰", "玉", "梅", "凤", "莲", "珍", "云", "霞", "燕", "红", "艳", "静", "慧", "敏", "洁", "菊",
    "香", "娟", "翠", "仙", "会", "存", "自", "正", "世", "学", "天", "金",
];

/// An invented name of a person.
pub(crate) fn person_name(surname: usize, chance: &mut Chance) -> String {
    let mut name = SURNAMES[surname % SURNAMES.len()].to_owned();
    name.push_str(GIVEN[chance.below(GIVEN.len())]);
    if chance.in_thousand(700) {
        name.push_str(GIVEN[chance.below(GIVEN.len())]);
    }
    name
}

/// How many surnames there are.
pub(crate) fn surnames() -> usize {
    SURNAMES.len()
}

/// Places people come home from, with the risk of the place; none is in Hubei.
pub(crate) const CITIES: [&str; 14] = [
    "昆明", "保山", "大理", "曲靖", "德宏", "广州", "深圳", "东莞", "佛山", "杭州", "宁波", "成都",
    "长沙", "上海",
];
/// Places of Hubei that people came from or through.
pub(crate) const HUBEI: [&str; 5] = ["武汉", "孝感", "黄冈", "荆州", "宜昌"];
