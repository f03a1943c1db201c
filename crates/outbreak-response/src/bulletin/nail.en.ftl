system-nail = The nail: item by item to completion
nail-tasks = Flue-cured tobacco transplanted, mu: { $tobacco }. Gaps found, not yet mended: poverty work, households: { $poverty }; floors and yards, households: { $yards }. Toilets pending: { $toilets }; tasks stalled: { $stalled }. Donations so far, yuan: { $donations }.
nail-corrections = { $corrections ->
    [one] { $corrections } earlier record was corrected today; see the corrections
   *[other] { $corrections } earlier records were corrected today; see the corrections
 }.
nail-no-corrections = No earlier record was corrected today.
