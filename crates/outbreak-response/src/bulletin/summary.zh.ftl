bulletin-title = 疫情防控日报
cut-off = 截至{ $day }24时，本地确诊病例{ $cases }例，今日发热转诊{ $fevers }人。
cut-off-incomplete = 注意：{ $silent }个村（社区）今日未报告，以上合计不完整。
