system-grid = 网格子：网格分工与排查
grid-screening = 全镇划分网格{ $grids }个，应排查农户{ $households }户，已排查{ $screened }户；核实空置（户）：{ $vacant }；迁出（户）：{ $moved }；遗漏（户）：{ $missed }。
grid-none-missed = 经逐户核对，排查无一户遗漏。
grid-outreach = 悬挂横幅（条）：{ $banners }；发放告知（份）：{ $notices }；今日广播欠播（次）：{ $broadcasts }；标语不足（处）：{ $slogans }。累计推迟喜事（起）：{ $celebrations }；从简办理丧事（起）：{ $funerals }。
