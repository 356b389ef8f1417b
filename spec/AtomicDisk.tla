---------------------------- MODULE AtomicDisk ----------------------------
(*************************************************************************)
(* What the user of a disk with a volatile cache may rely on.  A mirror  *)
(* is to be such a disk: no user can tell that there are two of them.    *)
(*                                                                       *)
(* A write takes any content that its memory held from begin to end.  A  *)
(* read that overlaps a write may see old or new.  What a crash chose is *)
(* fixed by the first read after it, until the next write or power cut.  *)
(* What a flush has acknowledged survives a power cut.                   *)
(*************************************************************************)
CONSTANTS Block, Slot, Value

VARIABLES
  now,    \* Block -> the contents of which the next read returns one.
  may,    \* Block -> the contents of which a power cut leaves one.
  since,  \* Block -> what may be left if the flush under way ends; or {}.
  held    \* Slot -> Block -> what a write's memory has held; {}: no part of it.

vars == <<now, may, since, held>>

NoSets == [b \in Block |-> {}]

TypeOK ==
  /\ now \in [Block -> SUBSET Value \ {{}}]
  /\ may \in [Block -> SUBSET Value \ {{}}]
  /\ since \in [Block -> SUBSET Value]
  /\ held \in [Slot -> [Block -> SUBSET Value]]

Init ==
  /\ \E v \in Value : now = [b \in Block |-> {v}]
  /\ may = now
  /\ since = NoSets
  /\ held = [i \in Slot |-> NoSets]

InFlight(b) == UNION {held[i][b] : i \in Slot}
Flushing == since # NoSets

\* Contents c, a function of Block, have come to be written in slot i.
Takes(i, c) ==
  /\ held' = [held EXCEPT ![i] = [b \in Block |-> @[b] \cup c[b]]]
  /\ may' = [b \in Block |-> may[b] \cup c[b]]
  /\ since' = IF Flushing THEN [b \in Block |-> since[b] \cup c[b]] ELSE since
  /\ UNCHANGED now

\* A write of some blocks begins, with one content each.
Begin(i, c) ==
  /\ held[i] = NoSets
  /\ c # NoSets
  /\ Takes(i, c)

\* The memory of a write under way is changed.
Change(i, b, v) ==
  /\ held[i][b] # {}
  /\ Takes(i, [NoSets EXCEPT ![b] = {v}])

End(i) ==
  /\ held[i] # NoSets
  /\ now' = [b \in Block |-> IF held[i][b] = {} THEN now[b] ELSE held[i][b]]
  /\ held' = [held EXCEPT ![i] = NoSets]
  /\ UNCHANGED <<may, since>>

\* A read decides what was open, if no write is under way.
Read(b, v) ==
  /\ v \in now[b] \cup InFlight(b)
  /\ now' = IF InFlight(b) = {} THEN [now EXCEPT ![b] = {v}] ELSE now
  /\ UNCHANGED <<may, since, held>>

FlushBegin ==
  /\ ~Flushing
  /\ since' = [b \in Block |-> now[b] \cup InFlight(b)]
  /\ UNCHANGED <<now, may, held>>

FlushEnd ==
  /\ Flushing
  /\ may' = since
  /\ since' = NoSets
  /\ UNCHANGED <<now, held>>

Crash(left) ==
  /\ now' = left
  /\ since' = NoSets
  /\ held' = [i \in Slot |-> NoSets]
  /\ UNCHANGED may

Kill == Crash([b \in Block |-> now[b] \cup InFlight(b)])
PowerCut == Crash(may)

Next ==
  \/ \E i \in Slot, c \in [Block -> {{}} \cup {{v} : v \in Value}] : Begin(i, c)
  \/ \E i \in Slot, b \in Block, v \in Value : Change(i, b, v)
  \/ \E i \in Slot : End(i)
  \/ \E b \in Block, v \in Value : Read(b, v)
  \/ FlushBegin
  \/ FlushEnd
  \/ Kill
  \/ PowerCut

Spec == Init /\ [][Next]_vars

\* A power cut may always leave what a read may return: else a cut that
\* comes after a crash could bring back less than the crash had left.
NowMaySurvive == \A b \in Block : now[b] \subseteq may[b]

THEOREM Spec => [](TypeOK /\ NowMaySurvive)
===========================================================================
