system-basket = 菜篮子：采购、配送与价格
basket-supply = 今日需配送物资{ $needed }份，已配送或已安排{ $filled }份；无采购员自然村{ $villages }个，价格预警{ $alerts }起，投诉{ $complaints }起。
basket-all-met = 今日需求全部满足。
