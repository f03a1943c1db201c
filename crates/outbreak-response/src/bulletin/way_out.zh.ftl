system-way-out = 门路子：技能登记与外出务工
way-out-work = 登记技术人员（人）：{ $skilled }，涉及村（社区）{ $communities }个；空缺岗位（个）：{ $vacancies }，今日匹配（人）：{ $matched }。累计外出务工（人）：{ $sent }，今日（人）：{ $today }。
