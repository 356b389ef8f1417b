------------------------------ MODULE Recorded ------------------------------
(***************************************************************************)
(* Is what a running mirror was seen to do a behaviour of Mirror?          *)
(*                                                                         *)
(* A recording is made of a mirror that runs free, on many threads.  An    *)
(* event is something that it was seen to do, and has an interval: it      *)
(* happened at some instant between two that were noted.  Of two events    *)
(* the one whose interval ended before that of the other began came first; *)
(* of two whose intervals overlap nobody knows.  TLC finds an order in     *)
(* which every event is a step of Mirror, if there is one.                 *)
(*                                                                         *)
(* A recording is a sequence of chains; a chain is a sequence of events    *)
(* whose intervals do not overlap, so their order is known.  An event is   *)
(* <<what, arguments, after, certain>>: after[c] is how many events of     *)
(* chain c have to come first.  One that is not certain may have come to   *)
(* nothing: a step that is offered checks whether it can still be made,    *)
(* and of some it cannot be seen what came of that.  So it is with one     *)
(* that has begun and not ended when a process is killed, or hangs; where  *)
(* it would have told what it leaves on a device, that is not known then   *)
(* ("LegWriteBegun" and the like; of a copy only its chunk of the region). *)
(*                                                                         *)
(* Many recordings are examined in one run of TLC, each from an initial    *)
(* state of its own.                                                       *)
(***************************************************************************)
EXTENDS Mirror, Bounds, Recordings, Sequences

VARIABLES
  recording, \* Which one is examined.
  at,        \* Chain -> how many of its events are explained.
  write,     \* Slot -> the number that the recording gives the write there; 0 is none.
  flush,     \* The flushes that users have asked for: [asked, served, over].
  cuts       \* What a power cut could have left at each CutFound until now.

recorderVars == <<recording, at, write, flush, cuts>>
recordedVars == <<vars, recorderVars>>

NoWrites == [i \in Slot |-> 0]
NoFlushes == [asked |-> {}, served |-> {}, over |-> {}]

RecordedInit ==
  /\ Init
  /\ \A l \in Leg, b \in Block : leg[l].now[b] = 0
  /\ recording \in DOMAIN Recordings
  /\ at = [c \in DOMAIN Recordings[recording] |-> 0]
  /\ write = NoWrites
  /\ flush = NoFlushes
  /\ cuts = <<>>

-----------------------------------------------------------------------------
(***************************************************************************)
(* Which events may come next.                                             *)
(***************************************************************************)
Chains == 1 .. Len(Recordings[recording])

Left(c) == at[c] < Len(Recordings[recording][c])
Event(c) == Recordings[recording][c][at[c] + 1]

\* All that ended before the chain's next event began is explained.
MayBeNext(c) == Left(c) /\ \A d \in Chains : at[d] >= Event(c)[3][d]

-----------------------------------------------------------------------------
(***************************************************************************)
(* What is seen of a step beside that it is made.                          *)
(***************************************************************************)
\* The slot of a write.
In(w) == {i \in Slot : write[i] = w}

\* A round serves every flush that was asked for before it began (and no
\* other), which is told once the round is over.
RoundBegun == flush' = [flush EXCEPT !.asked = {}, !.served = flush.asked]
RoundEnded == flush' = [flush EXCEPT !.served = {}, !.over = @ \cup flush.served]

\* What the driver knows to be durably dirty, and how far the log's writer is.
LooksOfLog(dirty, io) == logIo = io /\ \A r \in Region : dirty[r + 1] = (r \in durablyDirty)

\* It counts the log as written, and what is clean there as durably dirty no more,
\* when it has said what is to be written: that is in the file a little later.  Of
\* a write that has not ended nobody knows what is clean in it.
CountsAsWritten(dirty, io) ==
  /\ io = "written" /\ logIo \in {"stale", "idle"}
  /\ \E c \in Chains :
       /\ MayBeNext(c)
       /\ \/ /\ Event(c)[1] = "LogWrite"
             /\ \A r \in Region :
                  dirty[r + 1] = (r \in durablyDirty /\ ~Event(c)[2][1][r + 1])
          \/ /\ Event(c)[1] = "LogWriteBegun"
             /\ \A r \in Region : dirty[r + 1] => r \in durablyDirty

\* Which legs are out of use, and which one is the source.
LegsInUse(isOut, is, outOfUse, theSource) ==
  is = theSource /\ \A l \in Leg : isOut[l + 1] = (l \in outOfUse)

\* The driver's variables, as a look at them found them at one instant.
Looks(x) ==
  /\ mode = x[1]
  /\ \A r \in Region : /\ state[r] = x[2][r + 1]
                       /\ bit[r] = x[3][r + 1]
                       /\ (r \in chosen) = x[5][r + 1]
  /\ \A l \in Leg : legFlush[l] = x[6][l + 1]
  /\ LooksOfLog(x[4], x[7]) \/ CountsAsWritten(x[4], x[7])
  \* sync() begins when the page cache looks for page-dirty pages, which is a
  \* little after the driver has called it.
  /\ \/ sweep = x[8]
     \/ sweep = "nominated" /\ x[8] = "syncing"
  /\ Len(x) > 8 => LegsInUse(x[9], x[10], out, source)

\* What is found in the files; of a mirror that records which legs are in use, that too.
Found(x) ==
  /\ \A l \in Leg, b \in Block : leg[l].now[b] = x[1][l + 1][b + 1]
  /\ \A r \in Region : log.now[r] = x[2][r + 1]
  /\ Len(x) > 2 => LegsInUse(x[3], x[4], record.out, record.source)

\* What a power cut may leave now: PowerCut takes of each block of each device any of
\* these contents, whatever it takes of the others.
Leaves == <<[l \in Leg |-> leg[l].may], log.may>>

\* Power cuts at one instant were found to leave this: of each block of each leg a
\* set of contents, and a set of what the log says.  So many cuts are one event.
CutsFound(x) ==
  /\ \A l \in Leg, b \in Block : x[1][l + 1][b + 1] \subseteq leg[l].may[b]
  /\ \A bits \in x[2] : \E kept \in log.may : \A r \in Region : kept[r] = bits[r + 1]

\* A recording may begin with files that hold something, all of it durable.
Holding(x) ==
  /\ mode = "down"
  /\ leg' = [l \in Leg |-> LegFresh([b \in Block |-> x[1][l + 1][b + 1]])]
  /\ log' = Fresh([r \in Region |-> x[2][r + 1]])
  /\ UNCHANGED <<mode, memoryVars, gone, record, blank, ownedMay>>

-----------------------------------------------------------------------------
(***************************************************************************)
(* The step of Mirror that an event is.                                    *)
(***************************************************************************)
NewWrite(i, w) == write' = [write EXCEPT ![i] = w]

OfWrite(what, x) ==
  CASE what = "WriteBackClear" ->
         \E i \in Slot : WriteBackClear(i, x[2]) /\ NewWrite(i, x[1]) /\ UNCHANGED flush
    [] what = "DirectWrite" ->
         \E i \in Slot : DirectWrite(i, x[2], x[3]) /\ NewWrite(i, x[1]) /\ UNCHANGED flush
    [] what = "Discard" ->
         \E i \in Slot : Discard(i, x[2]) /\ NewWrite(i, x[1]) /\ UNCHANGED flush
    [] what = "CopyPage" -> \E i \in In(x[1]) : CopyPage(i) /\ UNCHANGED <<write, flush>>
    [] what = "Submit" -> \E i \in In(x[1]) : Submit(i) /\ UNCHANGED <<write, flush>>
    [] what = "Issue" -> \E i \in In(x[1]) : Issue(i) /\ UNCHANGED <<write, flush>>
    \* A leg that was put out may be written late.
    [] what = "LegWrite" ->
         /\ \/ \E i \in In(x[1]) : LegWrite(i, x[2], x[3])
            \/ LateWrite(x[2], x[3])
         /\ leg'[x[3]].now[x[2]] = x[4]
         /\ UNCHANGED <<write, flush>>
    [] what = "LegWriteBegun" ->
         /\ \/ \E i \in In(x[1]) : LegWrite(i, x[2], x[3])
            \/ LateWrite(x[2], x[3])
         /\ UNCHANGED <<write, flush>>
    [] what = "EndWrite" -> \E i \in In(x[1]) :
         EndWrite(i) /\ NewWrite(i, 0) /\ UNCHANGED flush
    \* Whoever waits is told of a write's end: it has ended.
    [] what = "WriteTold" -> In(x[1]) = {} /\ UNCHANGED <<vars, write, flush>>
    \* The memory is changed; that is of no account once the write has ended, or
    \* where the legs read a copy.
    [] what = "ChangeMemory" ->
         /\ \/ \E i \in In(x[1]) : ChangeMemory(i, x[2], x[3])
            \/ LegsRead = "copied" /\ UNCHANGED vars
            \/ In(x[1]) = {} /\ UNCHANGED vars
            \/ \E i \in In(x[1]) : slot[i].copy[x[2]] = x[3] /\ UNCHANGED vars
         /\ UNCHANGED <<write, flush>>

OfFlush(what, x) ==
  CASE what = "FlushAsked" ->
         flush' = [flush EXCEPT !.asked = @ \cup {x[1]}] /\ UNCHANGED <<vars, write>>
    [] what = "FlushTold" ->
         /\ x[1] \in flush.over
         /\ flush' = [flush EXCEPT !.over = @ \ {x[1]}] /\ UNCHANGED <<vars, write>>
    [] what = "FlushBegin" -> FlushBegin /\ RoundBegun /\ UNCHANGED write
    [] what = "CertifyBegin" -> CertifyBegin /\ RoundBegun /\ UNCHANGED write
    [] what = "LegFlushEnd" -> LegFlushEnd(x[1]) /\ UNCHANGED <<write, flush>>
    [] what = "RoundEnd" -> (FlushEnd \/ CertifyEnd) /\ RoundEnded /\ UNCHANGED write

OfUser(what, x) ==
  CASE what = "Store" -> Store(x[1], x[2])
    [] what = "MarkPageDirty" -> MarkPageDirty(x[1])
    [] what = "MarkFirst" -> MarkFirst(x[1])
    \* What was read, from which leg.
    [] what = "Read" -> leg[x[2]].now[x[1]] = x[3] /\ UNCHANGED vars
    [] what = "Suspect" -> Suspect(x[1])
    [] what = "UnmountBegin" -> UnmountBegin

OfDriver(what, x) ==
  CASE what = "LogWrite" -> LogWrite /\ \A r \in Region : log'.now[r] = x[1][r + 1]
    [] what = "LogWriteBegun" -> LogWrite
    [] what = "LogFlushBegin" -> LogFlushBegin
    [] what = "LogFlushEnd" -> LogFlushEnd
    [] what = "LogFlushFails" -> LogFlushFails
    [] what = "Nominate" -> Nominate
    [] what = "SyncBegin" -> SyncBegin
    [] what = "SyncEnd" -> SyncEnd
    [] what = "Compare" ->
         /\ Compare(x[1])
         /\ x[2] = (\A l \in InUse : leg[l].now[x[1]] = leg[source].now[x[1]])
    [] what = "CompareBegun" -> Compare(x[1])
    [] what = "ResyncBegin" -> ResyncBegin(x[1])
    [] what = "ResyncCopy" ->
         /\ ResyncCopy(x[1], x[2]) \/ LateWrite(x[1], x[2])
         /\ leg'[x[2]].now[x[1]] = x[3]
    [] what = "ResyncCopyBegun" -> \E b \in Block :
         /\ ResyncCopy(b, x[2]) \/ LateWrite(b, x[2])
         /\ x[1] = Cardinality({c \in InRegion(RegionOf(b)) : c < b})
    [] what = "ResyncEnd" -> ResyncEnd(x[1])

\* A leg does not answer from some instant on that nobody sees; it is seen that it is put
\* out of use, for that or for a flush of it that has failed.  What a leg has that
\* answers again is seen, too, and what a power cut has left.
OfFailure(what, x) ==
  CASE what = "LegFails" -> LegFails(x[1])
    [] what = "PutOut" -> NoticeFailure(x[1]) \/ LegFlushFails(x[1])
    [] what = "RecordBegin" -> RecordBegin
    [] what = "RecordFailure" -> RecordFailure /\ LegsInUse(x[1], x[2], record'.out, record'.source)
    [] what = "LegReturns" ->
         LegReturns(x[1]) /\ \A b \in Block : leg'[x[1]].now[b] = x[2][b + 1]
    [] what = "Readmit" -> Readmit(x[1])
    [] what = "SyncFails" -> SyncFails
    [] what = "PowerCut" ->
         /\ PowerCut
         /\ \A l \in Leg, b \in Block : leg'[l].now[b] = x[1][l + 1][b + 1]
         /\ \A r \in Region : log'.now[r] = x[2][r + 1]

OfLife(what, x) ==
  CASE what = "Restart" -> Restart /\ UNCHANGED <<write, flush>>
    [] what = "UnmountEnd" -> UnmountEnd /\ flush' = NoFlushes /\ UNCHANGED write
    [] what = "Kill" -> Kill /\ write' = NoWrites /\ flush' = NoFlushes
    [] what = "Files" -> Holding(x) /\ UNCHANGED <<write, flush>>
    [] what = "Look" -> Looks(x) /\ UNCHANGED <<vars, write, flush>>
    [] what = "Found" -> Found(x) /\ UNCHANGED <<vars, write, flush>>
    [] what = "CutFound" -> CutsFound(x) /\ UNCHANGED <<vars, write, flush>>

Writes == {"WriteBackClear", "DirectWrite", "Discard", "CopyPage", "Submit", "Issue", "LegWrite",
           "LegWriteBegun", "EndWrite", "WriteTold", "ChangeMemory"}
Flushes == {"FlushAsked", "FlushTold", "FlushBegin", "CertifyBegin", "LegFlushEnd", "RoundEnd"}
Users == {"Store", "MarkPageDirty", "MarkFirst", "Read", "Suspect", "UnmountBegin"}
Failures == {"LegFails", "PutOut", "RecordBegin", "RecordFailure", "LegReturns", "Readmit",
             "SyncFails", "PowerCut"}
Lives == {"Restart", "UnmountEnd", "Kill", "Files", "Look", "Found", "CutFound"}

Step(what, x) ==
  CASE what \in Writes -> OfWrite(what, x)
    [] what \in Flushes -> OfFlush(what, x)
    [] what \in Users -> OfUser(what, x) /\ UNCHANGED <<write, flush>>
    [] what \in Failures -> OfFailure(what, x) /\ UNCHANGED <<write, flush>>
    [] what \in Lives -> OfLife(what, x)
    [] OTHER -> OfDriver(what, x) /\ UNCHANGED <<write, flush>>

-----------------------------------------------------------------------------
(***************************************************************************)
(* One event after another.                                                *)
(***************************************************************************)
Take(c) ==
  /\ MayBeNext(c)
  /\ at' = [at EXCEPT ![c] = @ + 1]
  /\ UNCHANGED recording
  /\ cuts' = IF Event(c)[1] = "CutFound" THEN Append(cuts, Leaves) ELSE cuts
  /\ \/ Step(Event(c)[1], Event(c)[2])
     \/ ~Event(c)[4] /\ UNCHANGED <<vars, write, flush>>

(***************************************************************************)
(* A step that no recording shows: nothing is done outside when a          *)
(* region is seen to have drained.  It is taken no sooner than something   *)
(* may come next that can tell, as nothing else depends on it.             *)
(***************************************************************************)
Telling == {"Look", "Nominate", "CertifyBegin"}

Unseen(r) ==
  /\ \E c \in Chains : MayBeNext(c) /\ Event(c)[1] \in Telling
  /\ Quiesce(r)
  /\ UNCHANGED recorderVars

\* Nor is it seen that something which was asked of a leg that is out has come to
\* nothing.  It has when the leg is taken in.
ComesToNothing(b, l) ==
  /\ \E c \in Chains : MayBeNext(c) /\ Event(c)[1] = "Readmit"
  /\ LateWrite(b, l)
  /\ UNCHANGED <<leg, recorderVars>>

RecordedNext ==
  \/ \E c \in 1 .. Width : c \in Chains /\ Take(c)
  \/ \E r \in Region : Unseen(r)
  \/ \E b \in Block, l \in Leg : ComesToNothing(b, l)
=============================================================================
