---------------------------- MODULE MirrorHistory ----------------------------
(***************************************************************************)
(* Mirror, with what AtomicDisk would remember of the same behaviour: the  *)
(* contents that a user may find in each block, now and after a power cut. *)
(* The driver does not have these variables and no action's guard reads    *)
(* them; they say what was promised, so that it can be seen to be kept.    *)
(*                                                                         *)
(* Each action of Mirror stands here under its name with an H.             *)
(*                                                                         *)
(* NothingLost remembers only contents in Watched: nothing in Mirror tells *)
(* one content from another, so what holds of one holds of each.  The      *)
(* refinement remembers all, and lets reads decide.                        *)
(***************************************************************************)
EXTENDS Mirror

CONSTANTS
  Watched,    \* The contents that are remembered.
  ReadsDecide \* Whether a read fixes what it returned: for the refinement.

ASSUME Watched \subseteq Value /\ ReadsDecide \in BOOLEAN

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

\* One block's new content in slot i's memory.
TakesOne(i, b, contents) == Takes({i}, [NoSets EXCEPT ![b] = contents \cap Watched])
\* Slot i's write is of page p's memory, or of the copy of it.
TakesPage(i, p) == Takes({i}, [b \in Block |-> IF PageOf(b) = p
                                               THEN Written(i, b) \cap Watched ELSE {}])

\* The slots whose write reads the memory of block b from now on: a store into a
\* page that was copied is of no write.
Reading(b) == {i \in Slot : /\ slot[i].phase \in {"parked", "submitted", "issued"}
                            /\ PageOf(b) \in slot[i].pages
                            /\ slot[i].copy[b] = NoPage}

StoreH(b, v) ==
  /\ Store(b, v)
  /\ IF Reading(b) = {}
       THEN UNCHANGED history
       ELSE Takes(Reading(b), [NoSets EXCEPT ![b] = {v} \cap Watched])

SubmitH(i) == Submit(i) /\ \E p \in slot[i].pages : TakesPage(i, p)
WriteBackH(i, p) == WriteBack(i, p) /\ TakesPage(i, p)
DirectWriteH(i, b, v) == DirectWrite(i, b, v) /\ TakesOne(i, b, {v})
ChangeMemoryH(i, b, v) == ChangeMemory(i, b, v) /\ TakesOne(i, b, {v})
DiscardH(i, b) ==
  Discard(i, b) /\ TakesOne(i, b, IF DiscardZeroes THEN {Zeroes} ELSE Value)

EndWriteH(i) ==
  /\ EndWrite(i)
  /\ hNow' = [b \in Block |-> IF b \in BlocksOfSlot(i) THEN hHeld[i][b] ELSE hNow[b]]
  /\ hHeld' = [hHeld EXCEPT ![i] = NoSets]
  /\ UNCHANGED <<hMay, hSince>>

\* A read decides what was open, if no write is under way.  (One that returns
\* what it may not is remembered too: it has no counterpart in AtomicDisk.)
ReadH(b, l) ==
  LET v == leg[l].now[b]
      decides == HInFlight(b) = {} \/ v \notin hNow[b] \cup HInFlight(b) IN
  /\ Read(b, l)
  /\ hNow' = IF ReadsDecide /\ decides THEN [hNow EXCEPT ![b] = {v}] ELSE hNow
  /\ UNCHANGED <<hMay, hSince, hHeld>>

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

\* Not so where a switch has not all of the legs flushed.
CertifyBeginH ==
  CertifyBegin /\ IF Protecting = InUse THEN RoundBegun
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
MarkFirstH(p) == MarkFirst(p) /\ UNCHANGED history
FreeBlockH(b) == FreeBlock(b) /\ UNCHANGED history
AllocateH(b) == Allocate(b) /\ UNCHANGED history
CommitH(b) == Commit(b) /\ UNCHANGED history
WriteBackClearH(i, p) == WriteBackClear(i, p) /\ UNCHANGED history
CopyPageH(i) == CopyPage(i) /\ UNCHANGED history
LogWriteH == LogWrite /\ UNCHANGED history
LogFlushBeginH == LogFlushBegin /\ UNCHANGED history
LogFlushEndH == LogFlushEnd /\ UNCHANGED history
LogFlushFailsH == LogFlushFails /\ UNCHANGED history
IssueH(i) == Issue(i) /\ UNCHANGED history
LegWriteH(i, b, l) == LegWrite(i, b, l) /\ UNCHANGED history
QuiesceH(r) == Quiesce(r) /\ UNCHANGED history
LegFlushEndH(l) == LegFlushEnd(l) /\ UNCHANGED history
NominateH == Nominate /\ UNCHANGED history
SyncBeginH == SyncBegin /\ UNCHANGED history
SyncEndH == SyncEnd /\ UNCHANGED history
SyncFailsH == SyncFails /\ UNCHANGED history
CompareH(b) == Compare(b) /\ UNCHANGED history
ResyncBeginH(r) == ResyncBegin(r) /\ UNCHANGED history
ResyncCopyH(b, l) == ResyncCopy(b, l) /\ UNCHANGED history
ResyncEndH(r) == ResyncEnd(r) /\ UNCHANGED history
LegFailsH(l) == LegFails(l) /\ UNCHANGED history
NoticeFailureH(l) == NoticeFailure(l) /\ UNCHANGED history
LegFlushFailsH(l) == LegFlushFails(l) /\ UNCHANGED history
RecordBeginH == RecordBegin /\ UNCHANGED history
RecordFailureH == RecordFailure /\ UNCHANGED history
LateWriteH(b, l) == LateWrite(b, l) /\ UNCHANGED history
LegReturnsH(l) == LegReturns(l) /\ UNCHANGED history
SuspectH(r) == Suspect(r) /\ UNCHANGED history
ReplaceH(l) == Replace(l) /\ UNCHANGED history
DirtyAllH == DirtyAll /\ UNCHANGED history
ReadmitH(l) == Readmit(l) /\ UNCHANGED history
UnmountBeginH == UnmountBegin /\ UNCHANGED history
UnmountEndH == UnmountEnd /\ UNCHANGED history
RestartH == Restart /\ UNCHANGED history

-----------------------------------------------------------------------------
EnvironmentNextH ==
  \/ \E b \in Block, v \in Value : StoreH(b, v)
  \/ \E p \in Page : MarkPageDirtyH(p)
  \/ \E p \in Page : MarkFirstH(p)
  \/ \E b \in Block, l \in Leg : ReadH(b, l)
  \/ \E i \in Slot, b \in Block, v \in Value : DirectWriteH(i, b, v)
  \/ \E i \in Slot, b \in Block, v \in Value : ChangeMemoryH(i, b, v)
  \/ \E i \in Slot, b \in Block : DiscardH(i, b)
  \/ \E b \in Block : FreeBlockH(b)
  \/ \E b \in Block : AllocateH(b)
  \/ \E b \in Block : CommitH(b)
  \/ FlushBeginH
  \/ \E r \in Region : SuspectH(r)
  \/ UnmountBeginH

SystemNextH ==
  \/ \E i \in Slot, p \in Page : WriteBackClearH(i, p)
  \/ \E i \in Slot : CopyPageH(i)
  \/ \E i \in Slot : SubmitH(i)
  \/ \E i \in Slot, p \in Page : WriteBackH(i, p)
  \/ LogWriteH
  \/ LogFlushBeginH
  \/ LogFlushEndH
  \/ \E i \in Slot : IssueH(i)
  \/ \E i \in Slot, b \in Block, l \in Leg : LegWriteH(i, b, l)
  \/ \E i \in Slot : EndWriteH(i)
  \/ \E r \in Region : QuiesceH(r)
  \/ CertifyBeginH
  \/ \E l \in Leg : LegFlushEndH(l)
  \/ FlushEndH
  \/ CertifyEndH
  \/ NominateH
  \/ SyncBeginH
  \/ SyncEndH
  \/ \E b \in Block : CompareH(b)
  \/ \E r \in Region : ResyncBeginH(r)
  \/ \E b \in Block, l \in Leg : ResyncCopyH(b, l)
  \/ \E r \in Region : ResyncEndH(r)
  \/ \E l \in Leg : NoticeFailureH(l)
  \/ RecordBeginH
  \/ RecordFailureH
  \/ DirtyAllH
  \/ \E l \in Leg : ReadmitH(l)
  \/ UnmountEndH
  \/ RestartH

FailureNextH ==
  \/ LogFlushFailsH
  \/ SyncFailsH
  \/ \E l \in Leg : LegFlushFailsH(l)
  \/ \E l \in Leg : LegFailsH(l)
  \/ \E b \in Block, l \in Leg : LateWriteH(b, l)
  \/ \E l \in Leg : LegReturnsH(l)
  \/ \E l \in Leg : ReplaceH(l)
  \/ KillH
  \/ PowerCutH

HNext == EnvironmentNextH \/ SystemNextH \/ FailureNextH

HSpec == HInit /\ [][HNext]_<<vars, history>>

-----------------------------------------------------------------------------
(***************************************************************************)
(* Nothing acknowledged is lost: whatever a power cut leaves on a leg that *)
(* may then be read is a content that AtomicDisk allows.  A flush takes    *)
(* away contents that AtomicDisk allows: what was written before it can no *)
(* longer be replaced by what was older.                                   *)
(***************************************************************************)
ReadableAfterCut(b) == IF MayBeFoundClean(RegionOf(b)) THEN Leg \ record.out
                                                       ELSE {record.source}

NothingLost ==
  \A b \in Block : \A l \in ReadableAfterCut(b) :
    leg[l].may[b] \cap Watched \subseteq hMay[b]

(***************************************************************************)
(* Reads agree: what a read returns now is what AtomicDisk allows.  Where  *)
(* reads decide, it says that two reads with no write between them agree,  *)
(* whatever happened in between: a kill, or a leg that failed.             *)
(***************************************************************************)
ReadsAgree ==
  mode = "up" => \A b \in Block : \A l \in ReadLegs(b) \ gone :
    {leg[l].now[b]} \cap Watched \subseteq hNow[b] \cup HInFlight(b)

(***************************************************************************)
(* The refinement: a mirror is a disk.  What the last read returned has    *)
(* fixed what the block holds, on whichever leg, and past a crash.         *)
(***************************************************************************)
Disk == INSTANCE AtomicDisk WITH
  now <- hNow, may <- hMay, since <- hSince, held <- hHeld

\* Disk!Spec, put so that TLC looks first whether a user can see the step at all.
Refinement ==
  Disk!Init /\ [][UNCHANGED Disk!vars \/ Disk!Next]_(Disk!vars)

THEOREM HSpec => Spec
\* Under the assumptions that each policy needs: HSpec => Refinement.
=============================================================================
