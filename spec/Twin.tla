-------------------------------- MODULE Twin --------------------------------
(***************************************************************************)
(* Two behaviours that look the same to the driver.  Every behaviour of a  *)
(* mirror has a twin in which each store puts into the page what it holds  *)
(* already: the same steps, the same variables of the driver, of the log   *)
(* and of every device but for contents.  In the twin nothing can be torn. *)
(* So a driver that neither copies, nor locks, nor looks at contents       *)
(* cannot tell a region that it may mark clean from one that it may not:   *)
(* it must be told by the file system (idea 4), or wait for unmount        *)
(* (idea 2).                                                               *)
(***************************************************************************)
EXTENDS Mirror

Same == CHOOSE v \in Value : TRUE
Blank(c) == IF c = NoPage THEN NoPage ELSE Same
BlankSet(C) == {Blank(c) : c \in C}

TwinSlot == [i \in Slot |->
  [slot[i] EXCEPT !.copy = [b \in Block |-> Blank(slot[i].copy[b])]]]
TwinLeg == [l \in Leg |->
  [now   |-> [b \in Block |-> Same],
   may   |-> [b \in Block |-> {Same}],
   since |-> [b \in Block |-> BlankSet(leg[l].since[b])]]]

TheTwin == INSTANCE Mirror WITH
  Value <- {Same},
  page <- [b \in Block |-> Blank(page[b])], slot <- TwinSlot, leg <- TwinLeg,
  recordSince <- [l \in Leg |-> [b \in Block |-> BlankSet(recordSince[l][b])]]

\* The twin is a behaviour of Mirror with one content.  A policy that compares
\* the legs is told by that, and by nothing before that.
LooksTheSame == TheTwin!Spec

THEOREM CleanWhen # "compare" /\ Environment \subseteq {"read"} => (Spec => LooksTheSame)
=============================================================================
