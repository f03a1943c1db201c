bulletin-title = Daily outbreak response bulletin
cut-off = To midnight on { $day }. Confirmed cases among local people: { $cases }; fever referrals today: { $fevers }.
cut-off-incomplete = Note: { $silent ->
    [one] { $silent } community has not reported today; totals are incomplete
   *[other] { $silent } communities have not reported today; totals are incomplete
 }.
