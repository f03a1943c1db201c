system-nail = 钉钉子：一项一项盯到位
nail-tasks = 完成烤烟移栽{ $tobacco }亩；排查上报脱贫攻坚短板{ $poverty }户、室内和庭院硬化短板{ $yards }户（为已查出，非已解决）；卫生厕所待实施{ $toilets }户；停滞任务{ $stalled }项；累计收到捐款{ $donations }元。
nail-corrections = 今日更正既往记录{ $corrections }条，详见更正表。
nail-no-corrections = 今日无更正。
