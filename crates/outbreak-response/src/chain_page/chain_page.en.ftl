figure-people = People, cases and others linked
unit-people = people
figure-links = Known links
unit-links = { "" }
figure-clusters = Clusters
unit-clusters = { "" }
figure-active = Active clusters
unit-active = { "" }
figure-unlinked = Without a known link
unit-unlinked = people
figure-contacts = Contacts recorded
unit-contacts = { "" }
section-drawn = Who infected whom, by day of onset
drawn-largest = Of { $clusters ->
    [one] { $clusters } cluster
   *[other] { $clusters } clusters
 } the { $drawn ->
    [one] largest is drawn
   *[other] { $drawn } largest are drawn
 }: { $cases } of all { $people } people. Everyone else is in a table.
drawn-all = { $clusters ->
    [one] The one cluster is drawn
   *[other] All { $clusters } clusters are drawn
 }: { $cases } of all { $people } people. Everyone else is in a table.
drawn-none = No link is known, so there is nothing to draw.
cluster-dated = Cluster { $number }: { $size ->
    [one] { $size } case
   *[other] { $size } cases
 }, onset { $first } to { $last }
cluster-undated = Cluster { $number }: { $size ->
    [one] { $size } case
   *[other] { $size } cases
 }, onset not known
axis-onset = Day of onset
axis-case = Case
section-clusters = All clusters
clusters-status = Status on { $evening }: a cluster is closed when more than { $days ->
    [one] { $days } day has
   *[other] { $days } days have
 } passed since its last onset. The first cases of a chain are generation 0.
section-others = People who are not drawn
others-counted = In smaller clusters: { $small }; without a known link: { $alone }.
list-clusters = Clusters, the largest first
list-other-clusters = Cases of the other clusters
list-unlinked = Cases without a known link
section-check = Records to check
list-check = Records to check, by kind
note-day = From left to right runs the day of onset; each case has a row below its infector. Where the onset is not known, a hollow dot stands beside the infector.
note-infector = Where several infectors of a person are recorded, the first one is drawn and the others are in the table.
note-fold = Only the upper generations are drawn; each row says how many below it are not. The tables have everyone.
note-contacts = Contacts are counted for each case and not drawn.
