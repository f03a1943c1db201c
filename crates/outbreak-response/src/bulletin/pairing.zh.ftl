system-pairing = 结对子：人盯人、户盯户
pairing-watch = 结对帮扶累计（人）：{ $helpers }；今日应测温（次）：{ $due }，漏测（次）：{ $missed }，失访（人）：{ $lost }；未结对（人）：{ $unpaired }；待办需求（件）：{ $needs }。
pairing-nobody-unpaired = 居家观察人员均有结对帮扶人。
