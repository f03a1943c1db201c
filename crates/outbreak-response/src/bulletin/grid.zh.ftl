system-grid = 网格子：网格分工与排查
grid-screening = 全镇划分网格{ $grids }个，应排查农户{ $households }户，已排查{ $screened }户，核实空置{ $vacant }户、迁出{ $moved }户，遗漏{ $missed }户。
grid-none-missed = 经逐户核对，排查无一户遗漏。
grid-outreach = 悬挂横幅{ $banners }条，发放告知{ $notices }份；今日广播欠播{ $broadcasts }次，标语不足{ $slogans }处；累计推迟喜事{ $celebrations }起，从简办理丧事{ $funerals }起。
