bulletin-title = 疫情防控日报
cut-off = 截至{ $day }24时，本地确诊病例（例）：{ $cases }；今日发热转诊（人）：{ $fevers }。
cut-off-incomplete = 注意：{ $silent }个村（社区）今日未报告，以上合计不完整。
