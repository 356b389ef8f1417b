---------------------------- MODULE MirrorHistory ----------------------------
(***************************************************************************)
(* Mirror, with what AtomicDisk would remember of the same behaviour: the  *)
(* contents that a user may find in each block, now and after a power cut. *)
(* The driver does not have these variables and no action's guard reads    *)
(* them; they say what was promised, so that it can be seen to be kept.    *)
(*                                                                         *)
(* Each action of Mirror stands here under its name with an H.             *)
(*                                                                         *)
(* Only contents in Watched are remembered.  Nothing in Mirror tells one   *)
(* content from another, so what holds of one holds of each.               *)
(***************************************************************************)
EXTENDS Mirror

CONSTANT Watched
ASSUME Watched \subseteq Value

VARIABLES
  hNow,    \* Block -> the contents of which the next read returns one.
  hMay,    \* Block -> the contents of which a power cut leaves one.
  hSince,  \* Block -> what may be left if the round under way ends.
  hHeld    \* Slot -> what the memory of its write has held, by block.

history == <<hNow, hMay, hSince, hHeld>>

NoSets == [b \in Block |-> {}]

HInit ==
  /\ Init
  /\ hNow = [b \in Block |-> {leg[Source].now[b]} \cap Watched]
  /\ hMay = hNow
  /\ hSince = NoSets
  /\ hHeld = [i \in Slot |-> NoSets]

HInFlight(b) == UNION {hHeld[i][b] : i \in Slot}

\* Contents c have come to be written in slots S: AtomicDisk's Takes.
Takes(S, c) ==
  /\ hHeld' = [i \in Slot |-> IF i \in S THEN [b \in Block |-> hHeld[i][b] \cup c[b]]
                                         ELSE hHeld[i]]
  /\ hMay' = [b \in Block |-> hMay[b] \cup c[b]]
  /\ hSince' = IF RoundIdle THEN hSince ELSE [b \in Block |-> hSince[b] \cup c[b]]
  /\ UNCHANGED hNow

\* The slots whose write reads the memory of block b from now on.
Reading(b) == {i \in Slot : /\ slot[i].phase \in {"parked", "submitted", "issued"}
                            /\ PageOf(b) \in slot[i].pages}

StoreH(b, v) ==
  /\ Store(b, v)
  /\ IF Reading(b) = {}
       THEN UNCHANGED history
       ELSE Takes(Reading(b), [NoSets EXCEPT ![b] = {v} \cap Watched])

SubmitH(i) ==
  /\ Submit(i)
  /\ Takes({i}, [b \in Block |-> IF PageOf(b) \in slot[i].pages
                                 THEN {page[b]} \cap Watched ELSE {}])

EndWriteH(i) ==
  /\ EndWrite(i)
  /\ hNow' = [b \in Block |-> IF PageOf(b) \in slot[i].pages
                              THEN hHeld[i][b] ELSE hNow[b]]
  /\ hHeld' = [hHeld EXCEPT ![i] = NoSets]
  /\ UNCHANGED <<hMay, hSince>>

\* A round keeps AtomicDisk's promise of a flush, whoever asked for it.
RoundBegun ==
  /\ hSince' = [b \in Block |-> hNow[b] \cup HInFlight(b)]
  /\ UNCHANGED <<hNow, hMay, hHeld>>
RoundEnded ==
  /\ hMay' = hSince
  /\ hSince' = NoSets
  /\ UNCHANGED <<hNow, hHeld>>

FlushBeginH == FlushBegin /\ RoundBegun
FlushEndH == FlushEnd /\ RoundEnded

\* Not so where a switch has the legs not flushed at all.
CertifyBeginH ==
  CertifyBegin /\ IF LegsFlushedBeforeClean THEN RoundBegun
                  ELSE hSince' = hMay /\ UNCHANGED <<hNow, hMay, hHeld>>
CertifyEndH == CertifyEnd /\ RoundEnded

CrashLeaves(left) ==
  /\ hNow' = left
  /\ hSince' = NoSets
  /\ hHeld' = [i \in Slot |-> NoSets]
  /\ UNCHANGED hMay

KillH == Kill /\ CrashLeaves([b \in Block |-> hNow[b] \cup HInFlight(b)])
PowerCutH == PowerCut /\ CrashLeaves(hMay)

\* The steps that AtomicDisk's user does not see.
MarkPageDirtyH(p) == MarkPageDirty(p) /\ UNCHANGED history
ReadH(b, l) == Read(b, l) /\ UNCHANGED history
WriteBackClearH(i, p) == WriteBackClear(i, p) /\ UNCHANGED history
LogWriteH == LogWrite /\ UNCHANGED history
LogFlushBeginH == LogFlushBegin /\ UNCHANGED history
LogFlushEndH == LogFlushEnd /\ UNCHANGED history
IssueH(i) == Issue(i) /\ UNCHANGED history
LegWriteH(i, b, l) == LegWrite(i, b, l) /\ UNCHANGED history
QuiesceH(r) == Quiesce(r) /\ UNCHANGED history
LegFlushEndH(l) == LegFlushEnd(l) /\ UNCHANGED history
NominateH == Nominate /\ UNCHANGED history
SyncBeginH == SyncBegin /\ UNCHANGED history
SyncEndH == SyncEnd /\ UNCHANGED history
ResyncBeginH(r) == ResyncBegin(r) /\ UNCHANGED history
ResyncCopyH(b, l) == ResyncCopy(b, l) /\ UNCHANGED history
ResyncEndH(r) == ResyncEnd(r) /\ UNCHANGED history
UnmountBeginH == UnmountBegin /\ UNCHANGED history
UnmountEndH == UnmountEnd /\ UNCHANGED history
RestartH == Restart /\ UNCHANGED history

HNext ==
  \/ \E b \in Block, v \in Value : StoreH(b, v)
  \/ \E p \in Page : MarkPageDirtyH(p)
  \/ \E b \in Block, l \in Leg : ReadH(b, l)
  \/ \E i \in Slot, p \in Page : WriteBackClearH(i, p)
  \/ \E i \in Slot : SubmitH(i)
  \/ LogWriteH
  \/ LogFlushBeginH
  \/ LogFlushEndH
  \/ \E i \in Slot : IssueH(i)
  \/ \E i \in Slot, b \in Block, l \in Leg : LegWriteH(i, b, l)
  \/ \E i \in Slot : EndWriteH(i)
  \/ \E r \in Region : QuiesceH(r)
  \/ FlushBeginH
  \/ CertifyBeginH
  \/ \E l \in Leg : LegFlushEndH(l)
  \/ FlushEndH
  \/ CertifyEndH
  \/ NominateH
  \/ SyncBeginH
  \/ SyncEndH
  \/ \E r \in Region : ResyncBeginH(r)
  \/ \E b \in Block, l \in Leg : ResyncCopyH(b, l)
  \/ \E r \in Region : ResyncEndH(r)
  \/ UnmountBeginH
  \/ UnmountEndH
  \/ KillH
  \/ PowerCutH
  \/ RestartH

HSpec == HInit /\ [][HNext]_<<vars, history>>

-----------------------------------------------------------------------------
(***************************************************************************)
(* Nothing acknowledged is lost: whatever a power cut leaves on a leg that *)
(* may then be read is a content that AtomicDisk allows; and so is what a  *)
(* read returns now.  A flush takes away contents that AtomicDisk allows:  *)
(* what was written before it can no longer be replaced by what was older. *)
(***************************************************************************)
ReadableAfterCut(b) == IF MayBeFoundClean(RegionOf(b)) THEN Leg ELSE {Source}

NothingLost ==
  /\ \A b \in Block : \A l \in ReadableAfterCut(b) :
       leg[l].may[b] \cap Watched \subseteq hMay[b]
  /\ mode = "up" => \A b \in Block : \A l \in ReadLegs(b) :
       {leg[l].now[b]} \cap Watched \subseteq hNow[b] \cup HInFlight(b)

THEOREM HSpec => Spec
=============================================================================
