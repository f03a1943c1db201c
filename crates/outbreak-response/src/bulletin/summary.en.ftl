bulletin-title = Daily outbreak response bulletin
cut-off = To midnight on { $day }: { $cases ->
    [one] { $cases } confirmed case
   *[other] { $cases } confirmed cases
 } among local people, { $fevers ->
    [one] { $fevers } fever referral today
   *[other] { $fevers } fever referrals today
 }.
cut-off-incomplete = Note: { $silent ->
    [one] { $silent } community has not reported today; totals are incomplete
   *[other] { $silent } communities have not reported today; totals are incomplete
 }.
