system-pairing = 结对子：人盯人、户盯户
pairing-watch = 结对帮扶累计{ $helpers }人，今日应测温{ $due }次，漏测{ $missed }次，失访{ $lost }人；未结对{ $unpaired }人，待办需求{ $needs }件。
pairing-nobody-unpaired = 居家观察人员均有结对帮扶人。
