system-nail = The nail: item by item to completion
nail-tasks = Flue-cured tobacco transplanted: { $tobacco } mu. Gaps found, not yet mended: poverty work { $poverty } households, floors and yards { $yards } households. Toilets pending: { $toilets }; tasks stalled: { $stalled }. Donations so far: { $donations } yuan.
nail-corrections = { $corrections ->
    [one] { $corrections } earlier record was corrected today; see the corrections
   *[other] { $corrections } earlier records were corrected today; see the corrections
 }.
nail-no-corrections = No earlier record was corrected today.
