system-grid = The grid: who screens whom
grid-screening = { $grids ->
    [one] { $grids } grid
   *[other] { $grids } grids
 }; households to be screened: { $households }; screened: { $screened }; verified vacant: { $vacant }; moved: { $moved }; missed: { $missed }.
grid-none-missed = Checked household by household: none was missed.
grid-outreach = Banners hung: { $banners }; notices handed out: { $notices }. Broadcasts short today: { $broadcasts }; places short of slogans: { $slogans }. Celebrations postponed so far: { $celebrations }; funerals kept simple: { $funerals }.
