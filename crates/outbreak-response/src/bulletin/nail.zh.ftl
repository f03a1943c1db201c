system-nail = 钉钉子：一项一项盯到位
nail-tasks = 完成烤烟移栽（亩）：{ $tobacco }。排查上报（为已查出，非已解决）脱贫攻坚短板（户）：{ $poverty }；室内和庭院硬化短板（户）：{ $yards }。卫生厕所待实施（户）：{ $toilets }；停滞任务（项）：{ $stalled }；累计收到捐款（元）：{ $donations }。
nail-corrections = 今日更正既往记录{ $corrections }条，详见更正表。
nail-no-corrections = 今日无更正。
