system-pairing = Pairing: one neighbour watches over another
pairing-watch = Helpers paired so far: { $helpers }. Readings due today: { $due }; missed: { $missed }; lost to follow-up: { $lost }. Without a helper: { $unpaired }; needs open: { $needs }.
pairing-nobody-unpaired = Everyone under observation at home has a helper.
