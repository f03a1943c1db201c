system-basket = 菜篮子：采购、配送与价格
basket-supply = 今日需配送物资（份）：{ $needed }；已配送或已安排（份）：{ $filled }。无采购员自然村（个）：{ $villages }；价格预警（起）：{ $alerts }；投诉（起）：{ $complaints }。
basket-all-met = 今日需求全部满足。
