------------------------------ MODULE Devices ------------------------------
(***************************************************************************)
(* Devices with a volatile cache.  `now' is what a read returns; `may' is  *)
(* the set of contents that a power cut may leave.  While a flush is under *)
(* way, `since' gathers what it does not cover: the content that it found  *)
(* when it began, and those written after.  So nothing is counted, and a   *)
(* device is finite whatever is written to it.                             *)
(*                                                                         *)
(* A device that lies about its flushes is not modelled: no policy can     *)
(* keep any promise on it.                                                 *)
(***************************************************************************)
CONSTANT Block  \* What a device writes atomically.

-----------------------------------------------------------------------------
(***************************************************************************)
(* The log: one block, whose content is the bits of all regions.           *)
(***************************************************************************)
Fresh(c) == [now |-> c, may |-> {c}, since |-> {}]
Write(d, c) == [now   |-> c,
                may   |-> d.may \cup {c},
                since |-> IF d.since = {} THEN {} ELSE d.since \cup {c}]
FlushBegun(d) == [d EXCEPT !.since = {d.now}]
FlushEnded(d) == [d EXCEPT !.may = d.since, !.since = {}]
FlushCutOff(d) == [d EXCEPT !.since = {}]

-----------------------------------------------------------------------------
(***************************************************************************)
(* A leg: the same of each block.                                          *)
(***************************************************************************)
NoFlush == [b \in Block |-> {}]
LegFresh(c) == [now |-> c, may |-> [b \in Block |-> {c[b]}], since |-> NoFlush]
LegWritten(d, b, c) == [d EXCEPT
  !.now[b] = c,
  !.may[b] = @ \cup {c},
  !.since[b] = IF @ = {} THEN {} ELSE @ \cup {c}]
LegFlushBegun(d) == [d EXCEPT !.since = [b \in Block |-> {d.now[b]}]]
LegFlushEnded(d) == [d EXCEPT !.may = d.since, !.since = NoFlush]
LegFlushCutOff(d) == [d EXCEPT !.since = NoFlush]

(***************************************************************************)
(* Another flush of a leg, beside the one that the leg itself has; what it *)
(* gathers is kept apart.  When one of the two has ended, what it does not *)
(* leave the other does not leave either, whichever began first.           *)
(***************************************************************************)
SinceBegun(d) == [b \in Block |-> {d.now[b]}]
SinceWritten(since, b, c) ==
  [since EXCEPT ![b] = IF @ = {} THEN {} ELSE @ \cup {c}]
AndLeft(since, ended) == [b \in Block |-> since[b] \cap ended[b]]
SinceEnded(d, since) ==
  IF since = NoFlush THEN d ELSE [d EXCEPT !.may = since, !.since = AndLeft(@, since)]
=============================================================================
