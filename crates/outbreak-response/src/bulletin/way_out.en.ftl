system-way-out = A way out: skills and work
way-out-work = Skilled people registered: { $skilled }, in { $communities ->
    [one] { $communities } community
   *[other] { $communities } communities
 }. Places open: { $vacancies }; matched today: { $matched }. Sent out to work so far: { $sent }; today: { $today }.
