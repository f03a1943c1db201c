system-way-out = 门路子：技能登记与外出务工
way-out-work = 登记技术人员{ $skilled }人，涉及{ $communities }个村（社区）；岗位{ $vacancies }个，今日匹配{ $matched }人；累计外出务工{ $sent }人，今日{ $today }人。
