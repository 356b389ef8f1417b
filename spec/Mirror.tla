------------------------------- MODULE Mirror -------------------------------
(***************************************************************************)
(* A RAID-1 mirror with a dirty-region log, the page cache above it and    *)
(* the devices below it: what Linux's dm-mirror does, what the dm-devel    *)
(* mail of 2008 proposes that it do, and what a crash leaves of either.    *)
(*                                                                         *)
(* The mail's sentences are cited as S1..S14 (what goes wrong) and         *)
(* I1..I4 (its four ideas); spec/README.md quotes each under its number.   *)
(* Kernel functions are cited by their names in drivers/md.                *)
(*                                                                         *)
(* One step is one thing that something else can come between, or that a   *)
(* crash can cut off.  Not modelled here: a leg that fails or lies about   *)
(* its flushes, discards, direct writes, freed blocks, the order of two    *)
(* writes to one block.                                                    *)
(***************************************************************************)
EXTENDS Integers, FiniteSets

CONSTANTS
  Leg,         \* The copies of the volume.
  Source,      \* The leg that a region out of sync is read and resynced from.
  Block,       \* What a device writes atomically.
  Page,        \* Blocks that share one page-dirty bit in the page cache.
  Region,      \* Blocks that share one bit in the log and one region state.
  PageOf(_),   \* The page of a block.
  RegionOf(_), \* The region of a block.
  Slot,        \* Writes that can be in flight at one time.
  Value        \* Contents of a block.

CONSTANTS      \* The policy: two choices.
  LegsRead,    \* "shared": the page itself; "copied": a copy made at submit.
  CleanWhen    \* A drained region may be marked clean: "drained": at once;
               \* "unmount": no sooner; "sweep": by idea 4's rounds.

CONSTANTS      \* The assumptions, each of which a model switches off.
  StoreMarks,             \* A store marks its page page-dirty in the same step.
  LogFlushedBeforeData,   \* The log's flush ends before the data is issued.
  LegsFlushedBeforeClean, \* Every leg is flushed before a region is made clean.
  CleanAfterCopy,         \* A resync marks its region clean after copying it.
  KickedOut               \* A write kicks its region out of CLEAN_CANDIDATE.

\* The content of a page that is not in the cache, or of no interest there.
NoPage == -1

ASSUME Source \in Leg /\ Cardinality(Leg) >= 2
ASSUME \A b \in Block : PageOf(b) \in Page /\ RegionOf(b) \in Region
ASSUME \A b, c \in Block : PageOf(b) = PageOf(c) => RegionOf(b) = RegionOf(c)
ASSUME NoPage \notin Value /\ Cardinality(Value) >= 2
ASSUME LegsRead \in {"shared", "copied"}
ASSUME CleanWhen \in {"drained", "unmount", "sweep"}
ASSUME {StoreMarks, LogFlushedBeforeData, LegsFlushedBeforeClean,
        CleanAfterCopy, KickedOut} \subseteq BOOLEAN

BlocksOf(p) == {b \in Block : PageOf(b) = p}
RegionOfPage(p) == RegionOf(CHOOSE b \in Block : PageOf(b) = p)
InRegion(r) == {b \in Block : RegionOf(b) = r}

VARIABLES      \* The machine, and its page cache: memory, lost in a crash.
  mode,        \* "up"; "closing", after unmount; "down": only files exist.
  page,        \* Block -> what the page cache holds of it, or NoPage.
  pageDirty,   \* Page -> its page-dirty bit.
  unmarked,    \* Page -> stored into, and not yet marked page-dirty.
  slot         \* Slot -> the write in flight there.

VARIABLES      \* The driver: memory, lost in a crash.
  state,       \* Region -> its state.
  bit,         \* Region -> the bit that the log is to have; TRUE is clean.
  durablyDirty,\* The regions whose bit the driver knows to be durably dirty.
  logIo,       \* The log's writer: "stale", "idle", "written" or "flushing".
  legFlush,    \* Leg -> its flush in a round: "idle", "busy", "done".
  chosen,      \* The regions that the round will mark clean.
  sweep,       \* "idle", "nominated", "syncing", "synced".
  syncDirty,   \* The pages that sync() has yet to start writing.
  syncWait,    \* The pages whose write sync() waits for.
  copyTodo     \* Leg -> the blocks that the resync has yet to copy to it.

VARIABLES      \* The devices: they outlive a crash.
  leg,         \* Leg -> [now, may, since], each a function of Block.
  log          \* [now, may, since] of the log's one block: Region -> bit.

cacheVars  == <<page, pageDirty, unmarked>>
roundVars  == <<legFlush, chosen>>
syncVars   == <<syncDirty, syncWait>>
sweepVars  == <<sweep, syncDirty, syncWait>>
driverVars == <<state, bit, durablyDirty, logIo, roundVars, sweepVars, copyTodo>>
vars == <<mode, cacheVars, slot, driverVars, leg, log>>

-----------------------------------------------------------------------------
(***************************************************************************)
(* Devices.  A device has a volatile cache.  `now' is what a read returns; *)
(* `may' is the set of contents that a power cut may leave.  While a flush *)
(* is under way, `since' gathers what it does not cover: the content that  *)
(* it found when it began, and those written after.                        *)
(***************************************************************************)
\* The log: one block, whose content is the bits of all regions.
Fresh(c) == [now |-> c, may |-> {c}, since |-> {}]
Write(d, c) == [now   |-> c,
                may   |-> d.may \cup {c},
                since |-> IF d.since = {} THEN {} ELSE d.since \cup {c}]
FlushBegun(d) == [d EXCEPT !.since = {d.now}]
FlushEnded(d) == [d EXCEPT !.may = d.since, !.since = {}]
FlushCutOff(d) == [d EXCEPT !.since = {}]

\* A leg: the same of each block.
NoFlush == [b \in Block |-> {}]
LegFresh(c) == [now |-> c, may |-> [b \in Block |-> {c[b]}], since |-> NoFlush]
LegWritten(d, b, c) == [d EXCEPT
  !.now[b] = c,
  !.may[b] = @ \cup {c},
  !.since[b] = IF @ = {} THEN {} ELSE @ \cup {c}]
LegFlushBegun(d) == [d EXCEPT !.since = [b \in Block |-> {d.now[b]}]]
LegFlushEnded(d) == [d EXCEPT !.may = d.since, !.since = NoFlush]
LegFlushCutOff(d) == [d EXCEPT !.since = NoFlush]

-----------------------------------------------------------------------------
(***************************************************************************)
(* Types and initial state.                                                *)
(***************************************************************************)
RegionState == {"CLEAN", "DIRTY", "MAYBE_DIRTY", "CLEAN_CANDIDATE",
                "NOSYNC", "RECOVERING"}

NoBlocks == [l \in Leg |-> {}]
NoCopy == [b \in Block |-> NoPage]
FreeSlot == [phase |-> "free", pages |-> {}, copy |-> NoCopy, todo |-> NoBlocks]

TypeOK ==
  /\ mode \in {"down", "up", "closing"}
  /\ page \in [Block -> Value \cup {NoPage}]
  /\ pageDirty \in [Page -> BOOLEAN]
  /\ unmarked \in [Page -> BOOLEAN]
  /\ \A i \in Slot :
       /\ slot[i].phase \in {"free", "cleared", "parked", "submitted", "issued"}
       /\ slot[i].pages \in SUBSET Page /\ Cardinality(slot[i].pages) <= 1
       /\ slot[i].copy \in [Block -> Value \cup {NoPage}]
       /\ slot[i].todo \in [Leg -> SUBSET Block]
  /\ state \in [Region -> RegionState]
  /\ bit \in [Region -> BOOLEAN]
  /\ durablyDirty \in SUBSET Region
  /\ logIo \in {"stale", "idle", "written", "flushing"}
  /\ legFlush \in [Leg -> {"idle", "busy", "done"}]
  /\ chosen \in SUBSET Region
  /\ sweep \in {"idle", "nominated", "syncing", "synced"}
  /\ syncDirty \in SUBSET Page
  /\ syncWait \in SUBSET Page
  /\ copyTodo \in [Leg -> SUBSET Block]
  /\ \A l \in Leg : /\ leg[l].now \in [Block -> Value]
                    /\ leg[l].may \in [Block -> SUBSET Value]
                    /\ leg[l].since \in [Block -> SUBSET Value]
  /\ log.now \in [Region -> BOOLEAN]
  /\ log.may \subseteq [Region -> BOOLEAN]
  /\ log.since \subseteq [Region -> BOOLEAN]

\* What memory holds while there is no process: nothing.
NoPages == [b \in Block |-> NoPage]
NoMarks == [p \in Page |-> FALSE]
FreeSlots == [i \in Slot |-> FreeSlot]
AllLegs(s) == [l \in Leg |-> s]
AllRegions(s) == [r \in Region |-> s]

\* A volume just made: legs equal and durable, every region durably clean.
Init ==
  /\ mode = "down"
  /\ page = NoPages /\ pageDirty = NoMarks /\ unmarked = NoMarks
  /\ slot = FreeSlots
  /\ state = AllRegions("NOSYNC") /\ bit = AllRegions(FALSE)
  /\ durablyDirty = {} /\ logIo = "idle"
  /\ legFlush = AllLegs("idle") /\ chosen = {}
  /\ sweep = "idle" /\ syncDirty = {} /\ syncWait = {}
  /\ copyTodo = NoBlocks
  /\ \E v \in Value : leg = [l \in Leg |-> LegFresh([b \in Block |-> v])]
  /\ log = Fresh(AllRegions(TRUE))

MemoryLost ==
  /\ page' = NoPages /\ pageDirty' = NoMarks /\ unmarked' = NoMarks
  /\ slot' = FreeSlots
  /\ state' = AllRegions("NOSYNC") /\ bit' = AllRegions(FALSE)
  /\ durablyDirty' = {} /\ logIo' = "idle"
  /\ legFlush' = AllLegs("idle") /\ chosen' = {}
  /\ sweep' = "idle" /\ syncDirty' = {} /\ syncWait' = {}
  /\ copyTodo' = NoBlocks

-----------------------------------------------------------------------------
(***************************************************************************)
(* Environment: the application and the file system, in a page's memory.   *)
(***************************************************************************)

\* The write that has page p under write-back, if there is one.
UnderWriteBack(p) == {i \in Slot : p \in slot[i].pages}

\* ACTION Store: memory is changed, whether or not it is being written.
\*   S7: "this modifies the bitmap"; a store into a mapped page; write().
Store(b, v) ==
  LET p == PageOf(b) IN
  /\ mode = "up"
  /\ page' = [page EXCEPT ![b] = v]
  /\ IF StoreMarks
       THEN pageDirty' = [pageDirty EXCEPT ![p] = TRUE] /\ UNCHANGED unmarked
       ELSE unmarked' = [unmarked EXCEPT ![p] = TRUE] /\ UNCHANGED pageDirty
  /\ UNCHANGED <<mode, slot, driverVars, leg, log>>

\* ACTION MarkPageDirty: the second half of a store, a step of its own.
\*   S8: "calling mark_buffer_dirty --- this schedules new update".
MarkPageDirty(p) ==
  /\ mode = "up"
  /\ unmarked[p]
  /\ pageDirty' = [pageDirty EXCEPT ![p] = TRUE]
  /\ unmarked' = [unmarked EXCEPT ![p] = FALSE]
  /\ UNCHANGED <<mode, page, slot, driverVars, leg, log>>

\* Where a block may be read from.  A region that is not CLEAN has one leg
\* for it, always the same (default_leg in dm-raid1's mirror_map).
ReadLegs(b) == IF state[RegionOf(b)] = "CLEAN" THEN Leg ELSE {Source}

\* ACTION Read: past the page cache, from a leg that may serve it.
\*   S12: "It reads the bitmap from the first device"; S13: "the kernel
\*   starts reading from 2nd mirror".  It changes nothing.
Read(b, l) ==
  /\ mode = "up"
  /\ l \in ReadLegs(b)
  /\ UNCHANGED vars

-----------------------------------------------------------------------------
(***************************************************************************)
(* System: write-back.                                                     *)
(***************************************************************************)
Free == {i \in Slot : slot[i].phase = "free"}

\* ACTION WriteBackClear: a page-dirty page is taken and its bit cleared.
\*   S3: "clear dirty bit", and only then "submit IO".  A page is written
\*   back by one write at a time (buffer lock, PG_writeback).
WriteBackClear(i, p) ==
  /\ mode = "up"
  /\ pageDirty[p] /\ UnderWriteBack(p) = {}
  /\ i \in Free /\ \A j \in Free : i <= j
  /\ pageDirty' = [pageDirty EXCEPT ![p] = FALSE]
  /\ slot' = [slot EXCEPT ![i].phase = "cleared", ![i].pages = {p}]
  /\ syncDirty' = syncDirty \ {p}
  /\ syncWait' = IF p \in syncDirty THEN syncWait \cup {p} ELSE syncWait
  /\ UNCHANGED <<mode, page, unmarked, state, bit, durablyDirty, logIo,
                 roundVars, sweep, copyTodo, leg, log>>

RegionOfSlot(i) == RegionOfPage(CHOOSE p \in slot[i].pages : TRUE)

\* The writes that the driver counts in a region (`pending' in a dm_region).
Pending(r) == {i \in Slot : /\ slot[i].phase \in {"submitted", "issued"}
                            /\ RegionOfSlot(i) = r}

\* A region's state once a write is counted in: rh_inc.
CountedIn(s) ==
  CASE s = "NOSYNC" -> "NOSYNC"
    [] s = "CLEAN_CANDIDATE" /\ ~KickedOut -> "CLEAN_CANDIDATE"
    [] OTHER -> "DIRTY"

\* ACTION Submit: the driver takes the write; its region becomes DIRTY.
\*   S3: "submit IO"; I4: "kicked the region out of RH_CLEAN_CANDIDATE
\*   state"; rh_inc.  A write to a region that is RECOVERING is parked until
\*   the recovery ends (dm_rh_delay).
Submit(i) ==
  LET r == RegionOfSlot(i)
      parked == state[r] = "RECOVERING"
      copied == [b \in Block |-> IF PageOf(b) \in slot[i].pages
                                 THEN page[b] ELSE NoPage] IN
  /\ mode = "up"
  /\ slot[i].phase = "cleared"
  /\ slot' = [slot EXCEPT
       ![i].phase = IF parked THEN "parked" ELSE "submitted",
       ![i].copy = IF LegsRead = "copied" THEN copied ELSE NoCopy]
  /\ IF parked
       THEN UNCHANGED <<state, bit, chosen>>
       ELSE /\ state' = [state EXCEPT ![r] = CountedIn(@)]
            /\ bit' = [bit EXCEPT ![r] = FALSE]
            /\ chosen' = IF state[r] = "CLEAN_CANDIDATE" /\ ~KickedOut
                         THEN chosen ELSE chosen \ {r}
  /\ UNCHANGED <<mode, cacheVars, durablyDirty, logIo, legFlush,
                 sweepVars, copyTodo, leg, log>>

-----------------------------------------------------------------------------
(***************************************************************************)
(* System: the log.  Its writer writes the bits, begins a flush, and sees  *)
(* it end: one such cycle at a time.                                       *)
(***************************************************************************)

\* ACTION LogWrite: the bits go into the log device's volatile cache.
\*   disk_flush, rw_header.  After opening the volume it writes them even
\*   if they are what the log already says, as that may yet be lost.
LogWrite ==
  /\ mode # "down"
  /\ \/ logIo = "stale"
     \/ logIo = "idle" /\ bit # log.now
  /\ log' = Write(log, bit)
  /\ durablyDirty' = {r \in durablyDirty : ~bit[r]}
  /\ logIo' = "written"
  /\ UNCHANGED <<mode, cacheVars, slot, state, bit, roundVars, sweepVars,
                 copyTodo, leg>>

\* ACTION LogFlushBegin: flush_header begins.
LogFlushBegin ==
  /\ logIo = "written"
  /\ log' = FlushBegun(log)
  /\ logIo' = "flushing"
  /\ UNCHANGED <<mode, cacheVars, slot, state, bit, durablyDirty, roundVars,
                 sweepVars, copyTodo, leg>>

\* ACTION LogFlushEnd: what was written before it began is durable.
LogFlushEnd ==
  /\ logIo = "flushing"
  /\ log' = FlushEnded(log)
  /\ durablyDirty' = {r \in Region : ~log.now[r]}
  /\ logIo' = "idle"
  /\ UNCHANGED <<mode, cacheVars, slot, state, bit, roundVars, sweepVars,
                 copyTodo, leg>>

-----------------------------------------------------------------------------
(***************************************************************************)
(* System: the legs.                                                       *)
(***************************************************************************)

\* The legs that a write to region r goes to: a region out of sync has one.
WriteLegs(r) == IF state[r] = "NOSYNC" THEN {Source} ELSE Leg

LogAllows(r) == IF LogFlushedBeforeData
                THEN r \in durablyDirty
                ELSE logIo # "stale" /\ ~log.now[r]

\* ACTION Issue: the log lets the write go to its legs.
\*   S7: "it makes two requests and submits them"; do_writes, do_write.
Issue(i) ==
  LET r == RegionOfSlot(i)
      blocks == {b \in Block : PageOf(b) \in slot[i].pages} IN
  /\ slot[i].phase = "submitted"
  /\ LogAllows(r)
  /\ slot' = [slot EXCEPT
       ![i].phase = "issued",
       ![i].todo = [l \in Leg |-> IF l \in WriteLegs(r) THEN blocks ELSE {}]]
  /\ UNCHANGED <<mode, cacheVars, driverVars, leg, log>>

\* ACTION LegWrite: one leg reads one block's memory, in its own time.
\*   S1: "old version can be written to one mirror leg, the new versions to
\*   the other mirror leg".
LegWrite(i, b, l) ==
  /\ slot[i].phase = "issued"
  /\ b \in slot[i].todo[l]
  /\ leg' = [leg EXCEPT ![l] = LegWritten(@, b,
               IF LegsRead = "copied" THEN slot[i].copy[b] ELSE page[b])]
  /\ slot' = [slot EXCEPT ![i].todo[l] = @ \ {b}]
  /\ UNCHANGED <<mode, cacheVars, driverVars, log>>

\* A page that nothing is to be done with is forgotten: what the cache still
\* holds of it can be seen by no one but by a store that replaces it.
Forget(p, dirty) == [b \in Block |-> IF PageOf(b) = p /\ ~dirty
                                     THEN NoPage ELSE page[b]]

\* ACTION EndWrite: every leg has it; write_callback, mirror_end_io.
EndWrite(i) ==
  LET p == CHOOSE q \in slot[i].pages : TRUE IN
  /\ slot[i].phase = "issued"
  /\ slot[i].todo = NoBlocks
  /\ slot' = [slot EXCEPT ![i] = FreeSlot]
  /\ page' = Forget(p, pageDirty[p] \/ unmarked[p])
  /\ syncWait' = syncWait \ {p}
  /\ UNCHANGED <<mode, pageDirty, unmarked, state, bit, durablyDirty, logIo,
                 roundVars, sweep, syncDirty, copyTodo, leg, log>>

\* ACTION Quiesce: the region has drained; dm_rh_dec.
\*   S9: "Both writes finished, dm-raid1 driver turns off the dirty bit";
\*   I4: "all writes drain, the state is changed to RH_MAYBE_DIRTY".
\*   Under "unmount" the region stays as it is (I2).
Quiesce(r) ==
  /\ mode = "up"
  /\ state[r] = "DIRTY" /\ Pending(r) = {}
  /\ CleanWhen # "unmount"
  /\ state' = [state EXCEPT ![r] =
       IF CleanWhen = "drained" THEN "CLEAN" ELSE "MAYBE_DIRTY"]
  /\ UNCHANGED <<mode, cacheVars, slot, bit, durablyDirty, logIo, roundVars,
                 sweepVars, copyTodo, leg, log>>

-----------------------------------------------------------------------------
(***************************************************************************)
(* System: rounds.  A round flushes every leg, for a user who asked for it *)
(* or to certify regions: to mark them clean.  The regions are chosen      *)
(* before the flush that protects them begins.                             *)
(*                                                                         *)
(* The flushes of a round begin on all legs at once, and end one by one.   *)
(* Nothing is lost by that: one that began later on a leg would cover      *)
(* more, and so would leave a power cut fewer contents to choose from.     *)
(***************************************************************************)
RoundIdle == legFlush = AllLegs("idle")
RoundOver == legFlush = AllLegs("done")

FlushesBegun == /\ legFlush' = AllLegs("busy")
                /\ leg' = [l \in Leg |-> LegFlushBegun(leg[l])]

\* The regions that could be marked clean if the legs were flushed now.
Eligible ==
  {r \in Region :
     /\ ~bit[r]
     /\ \/ state[r] = "CLEAN"
        \/ state[r] = "CLEAN_CANDIDATE" /\ sweep = "synced"
        \/ mode = "closing" /\ state[r] \notin {"NOSYNC", "RECOVERING"}}

\* ACTION FlushBegin: the user asks for a flush.
FlushBegin ==
  /\ mode = "up"
  /\ RoundIdle
  /\ FlushesBegun
  /\ UNCHANGED <<mode, cacheVars, slot, state, bit, durablyDirty, logIo,
                 chosen, sweepVars, copyTodo, log>>

\* ACTION CertifyBegin: choose, and flush the legs.
\*   dm_rh_update_states; disk_flush, which has the mirror's legs flushed
\*   before it writes a bit that was turned to clean.
CertifyBegin ==
  /\ mode # "down"
  /\ RoundIdle
  /\ Eligible # {} \/ sweep = "synced"
  /\ chosen' = Eligible
  /\ IF LegsFlushedBeforeClean
       THEN FlushesBegun
       ELSE legFlush' = AllLegs("done") /\ UNCHANGED leg
  /\ sweep' = IF sweep = "synced" THEN "idle" ELSE sweep
  /\ UNCHANGED <<mode, cacheVars, slot, state, bit, durablyDirty, logIo,
                 syncVars, copyTodo, log>>

\* ACTION LegFlushEnd: on leg l, all that had ended when the flush began is
\*   durable.
LegFlushEnd(l) ==
  /\ legFlush[l] = "busy"
  /\ legFlush' = [legFlush EXCEPT ![l] = "done"]
  /\ leg' = [leg EXCEPT ![l] = LegFlushEnded(@)]
  /\ UNCHANGED <<mode, cacheVars, slot, state, bit, durablyDirty, logIo,
                 chosen, sweepVars, copyTodo, log>>

\* ACTION FlushEnd: every leg is flushed, and there is nothing to mark.
FlushEnd ==
  /\ RoundOver /\ chosen = {}
  /\ legFlush' = AllLegs("idle")
  /\ UNCHANGED <<mode, cacheVars, slot, state, bit, durablyDirty, logIo,
                 chosen, sweepVars, copyTodo, leg, log>>

\* ACTION CertifyEnd: every leg is flushed; what was chosen and not written
\*   since is CLEAN, and the log's writer will find its bit turned.
\*   I4: "it is moved to RH_CLEAN state and the on-disk bit for the region
\*   is turned off"; S9; core_clear_region.
CertifyEnd ==
  /\ RoundOver /\ chosen # {}
  /\ legFlush' = AllLegs("idle")
  /\ chosen' = {}
  /\ state' = [r \in Region |-> IF r \in chosen THEN "CLEAN" ELSE state[r]]
  /\ bit' = [r \in Region |-> r \in chosen \/ bit[r]]
  /\ UNCHANGED <<mode, cacheVars, slot, durablyDirty, logIo, sweepVars,
                 copyTodo, leg, log>>

-----------------------------------------------------------------------------
(***************************************************************************)
(* System: idea 4's sweep.  It ends with a round that certifies.           *)
(***************************************************************************)

\* ACTION Nominate: I4: "change all regions in RH_MAYBE_DIRTY state to
\*   RH_CLEAN_CANDIDATE".
Nominate ==
  /\ mode = "up"
  /\ CleanWhen = "sweep"
  /\ sweep = "idle"
  /\ \E r \in Region : state[r] = "MAYBE_DIRTY"
  /\ state' = [r \in Region |-> IF state[r] = "MAYBE_DIRTY"
                                THEN "CLEAN_CANDIDATE" ELSE state[r]]
  /\ sweep' = "nominated"
  /\ UNCHANGED <<mode, cacheVars, slot, bit, durablyDirty, logIo, roundVars,
                 syncVars, copyTodo, leg, log>>

\* ACTION SyncBegin: I4: "then issue sync() on all filesystems".  It is to
\*   write every page that is page-dirty now, and to wait for every write
\*   under way now.
SyncBegin ==
  /\ mode = "up"
  /\ sweep = "nominated"
  /\ sweep' = "syncing"
  /\ syncDirty' = {p \in Page : pageDirty[p]}
  /\ syncWait' = {p \in Page : UnderWriteBack(p) # {}}
  /\ UNCHANGED <<mode, cacheVars, slot, state, bit, durablyDirty, logIo,
                 roundVars, copyTodo, leg, log>>

\* ACTION SyncEnd: sync() returns.
SyncEnd ==
  /\ mode = "up"
  /\ sweep = "syncing"
  /\ syncDirty = {} /\ syncWait = {}
  /\ sweep' = "synced"
  /\ UNCHANGED <<mode, cacheVars, slot, state, bit, durablyDirty, logIo,
                 roundVars, syncVars, copyTodo, leg, log>>

-----------------------------------------------------------------------------
(***************************************************************************)
(* System: resync, a region at a time.                                     *)
(***************************************************************************)

\* ACTION ResyncBegin: a quiet region out of sync is taken up.
\*   dm_rh_recovery_prepare; get_resync_work.
ResyncBegin(r) ==
  /\ mode = "up"
  /\ state[r] = "NOSYNC" /\ Pending(r) = {}
  /\ r \in durablyDirty
  /\ \A q \in Region : state[q] # "RECOVERING"
  /\ state' = [state EXCEPT ![r] = "RECOVERING"]
  /\ copyTodo' = [l \in Leg |-> IF l = Source THEN {} ELSE InRegion(r)]
  /\ bit' = IF CleanAfterCopy THEN bit ELSE [bit EXCEPT ![r] = TRUE]
  /\ UNCHANGED <<mode, cacheVars, slot, durablyDirty, logIo, roundVars,
                 sweepVars, leg, log>>

\* ACTION ResyncCopy: a block goes from the source to another leg; recover.
ResyncCopy(b, l) ==
  /\ b \in copyTodo[l]
  /\ leg' = [leg EXCEPT ![l] = LegWritten(@, b, leg[Source].now[b])]
  /\ copyTodo' = [copyTodo EXCEPT ![l] = @ \ {b}]
  /\ UNCHANGED <<mode, cacheVars, slot, state, bit, durablyDirty, logIo,
                 roundVars, sweepVars, log>>

\* ACTION ResyncEnd: the legs agree.  Writes that were parked are counted
\*   in; else the region is CLEAN, and its bit waits for a round.
\*   dm_rh_recovery_end; dispatch_delayed.
ResyncEnd(r) ==
  LET Freed(i) == slot[i].phase = "parked" /\ RegionOfSlot(i) = r
      written == \E i \in Slot : Freed(i) IN
  /\ state[r] = "RECOVERING"
  /\ copyTodo = NoBlocks
  /\ state' = [state EXCEPT ![r] = IF written THEN "DIRTY" ELSE "CLEAN"]
  /\ bit' = IF written THEN [bit EXCEPT ![r] = FALSE] ELSE bit
  /\ slot' = [i \in Slot |-> IF Freed(i) THEN [slot[i] EXCEPT !.phase = "submitted"]
                                         ELSE slot[i]]
  /\ UNCHANGED <<mode, cacheVars, durablyDirty, logIo, roundVars, sweepVars,
                 copyTodo, leg, log>>

-----------------------------------------------------------------------------
(***************************************************************************)
(* Unmount, crash, restart.                                                *)
(***************************************************************************)

\* ACTION UnmountBegin: the file system has written all that it had, and
\*   will write no more.
\*   I2: "never turn the region dirty bit off until the filesystem is
\*   unmounted".
UnmountBegin ==
  /\ mode = "up"
  /\ \A p \in Page : ~pageDirty[p] /\ ~unmarked[p]
  /\ Free = Slot
  /\ mode' = "closing"
  /\ sweep' = "idle"
  /\ UNCHANGED <<cacheVars, slot, state, bit, durablyDirty, logIo, roundVars,
                 syncVars, copyTodo, leg, log>>

\* ACTION UnmountEnd: all that can be marked clean is, durably.
UnmountEnd ==
  /\ mode = "closing"
  /\ RoundIdle /\ Eligible = {}
  /\ \A r \in Region : state[r] # "RECOVERING"
  /\ logIo = "idle" /\ bit = log.now
  /\ mode' = "down"
  /\ MemoryLost
  /\ UNCHANGED <<leg, log>>

\* ACTION Kill: the process dies.  Writes that ended survive, as volatile as
\*   they were; of those under way, what the steps above had done.
Kill ==
  /\ mode # "down"
  /\ mode' = "down"
  /\ MemoryLost
  /\ leg' = [l \in Leg |-> LegFlushCutOff(leg[l])]
  /\ log' = FlushCutOff(log)

\* ACTION PowerCut: memory is lost, and every block of every device keeps
\*   one of the contents that its volatile cache allows.
\*   S10: "Before pdflush writes the buffer second time, we get a ***CRASH***".
PowerCut ==
  /\ mode' = "down"
  /\ MemoryLost
  /\ \E kept \in [Leg -> [Block -> Value]] :
       /\ \A l \in Leg, b \in Block : kept[l][b] \in leg[l].may[b]
       /\ leg' = [l \in Leg |-> LegFresh(kept[l])]
  /\ \E bits \in log.may : log' = Fresh(bits)

\* ACTION Restart: the volume is opened.  What the log calls clean is in
\*   sync; the rest is resynced.
\*   S11: "After new boot, dm-raid1 doesn't update the region, because the
\*   region's bit is off"; disk_resume, __rh_alloc.
Restart ==
  /\ mode = "down"
  /\ mode' = "up"
  /\ bit' = log.now
  /\ state' = [r \in Region |-> IF log.now[r] THEN "CLEAN" ELSE "NOSYNC"]
  /\ logIo' = "stale"
  /\ UNCHANGED <<cacheVars, slot, durablyDirty, roundVars, sweepVars,
                 copyTodo, leg, log>>

-----------------------------------------------------------------------------
(***************************************************************************)
(* Quantified actions stand in one \E each, or TLC loses their names.      *)
(***************************************************************************)
Next ==
  \/ \E b \in Block, v \in Value : Store(b, v)
  \/ \E p \in Page : MarkPageDirty(p)
  \/ \E b \in Block, l \in Leg : Read(b, l)
  \/ \E i \in Slot, p \in Page : WriteBackClear(i, p)
  \/ \E i \in Slot : Submit(i)
  \/ LogWrite
  \/ LogFlushBegin
  \/ LogFlushEnd
  \/ \E i \in Slot : Issue(i)
  \/ \E i \in Slot, b \in Block, l \in Leg : LegWrite(i, b, l)
  \/ \E i \in Slot : EndWrite(i)
  \/ \E r \in Region : Quiesce(r)
  \/ FlushBegin
  \/ CertifyBegin
  \/ \E l \in Leg : LegFlushEnd(l)
  \/ FlushEnd
  \/ CertifyEnd
  \/ Nominate
  \/ SyncBegin
  \/ SyncEnd
  \/ \E r \in Region : ResyncBegin(r)
  \/ \E b \in Block, l \in Leg : ResyncCopy(b, l)
  \/ \E r \in Region : ResyncEnd(r)
  \/ UnmountBegin
  \/ UnmountEnd
  \/ Kill
  \/ PowerCut
  \/ Restart

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
(***************************************************************************)
(* Properties.                                                             *)
(***************************************************************************)

\* A crash now may leave region r's bit clean, whether or not it is cut off.
MayBeFoundClean(r) == \E bits \in log.may : bits[r]

(***************************************************************************)
(* No desync: wherever a crash may find the region's bit clean, the legs   *)
(* are equal, whatever the crash leaves of each.  Said of every state, it  *)
(* covers a kill and a power cut at every instant, before either comes.    *)
(***************************************************************************)
NoDesync ==
  \A r \in Region : MayBeFoundClean(r) =>
    \A b \in InRegion(r), l, m \in Leg :
      \A v \in leg[l].may[b], w \in leg[m].may[b] : v = w

(***************************************************************************)
(* Read stability: two reads with no write between them agree, whichever   *)
(* leg serves them.  As long as no leg is written but by LegWrite and      *)
(* ResyncCopy, and the source only by LegWrite, it is enough to say it of  *)
(* one state: a read that agrees with the source before and a read that    *)
(* agrees with it after agree with each other.                             *)
(***************************************************************************)
BeingWritten(b) == \E i \in Slot : /\ slot[i].phase = "issued"
                                   /\ PageOf(b) \in slot[i].pages
ReadStability ==
  \A b \in Block : mode = "up" /\ ~BeingWritten(b) =>
    \A l \in ReadLegs(b) : leg[l].now[b] = leg[Source].now[b]

THEOREM Spec => []TypeOK
\* For which policies, and under which assumptions, these are theorems is
\* the subject of the models: see README.md.
=============================================================================
