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
(* crash can cut off.  Not modelled: a device that lies about its flushes, *)
(* and more than one leg that has failed at a time.                        *)
(***************************************************************************)
EXTENDS Integers, FiniteSets, Devices

CONSTANTS      \* The volume.  (Block is declared by Devices.)
  Leg,         \* The copies of the volume.
  Source,      \* The leg that a new volume is read and resynced from.
  Page,        \* Blocks that share one page-dirty bit in the page cache.
  Region,      \* Blocks that share one bit in the log and one region state.
  PageOf(_),   \* The page of a block.
  RegionOf(_), \* The region of a block.
  Slot,        \* Writes that can be in flight at one time.
  Value        \* Contents of a block.

CONSTANTS      \* The policy: two choices.
  LegsRead,    \* "shared": the page itself; "locked": the page, and no store
               \* into it until the write has ended; "copied": a copy made
               \* before the write is submitted.
  CleanWhen    \* A drained region may be marked clean: "drained": at once;
               \* "unmount": no sooner; "period": if it was not written in one
               \* period of pdflush; "sweep": by idea 4's rounds; "compare":
               \* when its legs were read and found equal.

CONSTANTS      \* The environment.
  Storing,     \* How pages are changed: "mmap", "write", "storeMark",
               \* "markStore", or "none": see Store.
  Environment, \* What else happens: see Happening.
  Off          \* The assumptions that do not hold here: see Assumption.

-----------------------------------------------------------------------------
(***************************************************************************)
(* The environment: what may happen beside stores and crashes.             *)
(***************************************************************************)
Happening == {
  "read",         \* Reads past the page cache.  (They change nothing in Mirror.)
  "direct",       \* Writes past the page cache, from the application's memory.
  "change",       \* ... which the application changes underway (cause 1).
  "discard",      \* Blocks are discarded.
  "free",         \* Blocks are freed, allocated again, and both committed.
  "fail",         \* A leg stops answering, and comes back.
  "late",         \* ... and what was asked of it before may reach it then.
  "flushFails",   \* A leg's flush fails.
  "logFlushFails",\* The log's flush fails.
  "scrub",        \* A region is suspected, and resynced: a scrub's repair, or a user.
  "replace",      \* A leg that is out is replaced by a blank one.
  "absent",       \* A volume may be made with legs that it does not have yet.
  "syncFails",    \* sync() fails.
  "syncHangs"}    \* sync() may never return.  (Only liveness can tell.)

Happens(h) == h \in Environment

-----------------------------------------------------------------------------
(***************************************************************************)
(* The assumptions.  Each is true unless a model switches it off.          *)
(***************************************************************************)
Holds(a) == a \notin Off

\* The log.
LogFlushedBeforeData == Holds("LogFlushedBeforeData") \* Its flush ends before data is issued.
EveryWriteWaits == Holds("EveryWriteWaits")           \* ... for each write, not the first alone.
OpeningRewritesLog == Holds("OpeningRewritesLog")     \* No bit is trusted before that.
LogFlushFailureHeeded == Holds("LogFlushFailureHeeded")

\* Marking clean.
SourceFlushed == Holds("SourceFlushed")           \* A round that certifies flushes the source ...
TargetsFlushed == Holds("TargetsFlushed")         \* ... and the other legs.
ChosenBeforeFlush == Holds("ChosenBeforeFlush")   \* It marks what was chosen before its flushes.
CandidatesDrained == Holds("CandidatesDrained")   \* Only a drained region is nominated.
KickedOut == Holds("KickedOut")                   \* A write kicks its region out of a sweep ...
KickedAtSubmit == Holds("KickedAtSubmit")         \* ... when it is submitted, not when it ends.
FlushFailureHeeded == Holds("FlushFailureHeeded") \* A leg whose flush failed is out of use.

\* sync(), and what writes pages back.
SyncWaits == Holds("SyncWaits")                   \* ... for writes that were under way before.
SyncReachesAll == Holds("SyncReachesAll")         \* ... every page that is page-dirty.
SyncFailureHeeded == Holds("SyncFailureHeeded")   \* A sync() that failed certifies nothing.
WriteBackInTime == Holds("WriteBackInTime")       \* A period outlasts the pass that begins it.
ClearedApart == Holds("ClearedApart")             \* Clear page-dirty and submit: two steps.

\* Resync.
CleanAfterCopy == Holds("CleanAfterCopy")         \* It marks its region clean after copying.
ResyncParks == Holds("ResyncParks")               \* It parks new writes, and waits for older ones.
SourceFixed == Holds("SourceFixed")               \* Its source outlives a crash.
OutOfSyncToSource == Holds("OutOfSyncToSource")   \* A region out of sync is written on it alone.
OneLegServes == Holds("OneLegServes")             \* A region that is not CLEAN is read from it alone.

SuspectMarks == Holds("SuspectMarks")             \* A suspected region's bit turns dirty at once.

\* Two writes, a discard, a freed block, a leg that fails or is replaced.
Serialized == Holds("Serialized")                 \* Overlapping writes: one at a time.
DiscardMarks == Holds("DiscardMarks")             \* A discard is counted in as a write is.
DiscardZeroes == Holds("DiscardZeroes")           \* It leaves zeroes, not anything.
FreeDurable == Holds("FreeDurable")               \* A block is freed durably before it is dropped.
OrderedData == Holds("OrderedData")               \* Data is written before its allocation is durable.
FailureDurable == Holds("FailureDurable")         \* ... before a write that the leg missed ends.
FailureBeforeFlush == Holds("FailureBeforeFlush") \* ... and before a flush is acknowledged.
FailureKeepsDirty == Holds("FailureKeepsDirty")   \* While it may come back nothing is marked clean.
NewSourceFlushed == Holds("NewSourceFlushed")     \* A leg is flushed before it is the source for good.
BlankTold == Holds("BlankTold")                   \* A blank leg is told from one that has returned.
DirtyBeforeRebuild == Holds("DirtyBeforeRebuild") \* All is durably dirty before one is taken in.
LateAwaited == Holds("LateAwaited")               \* No leg is taken in that a late write may yet reach.
UnsureNotBlank == Holds("UnsureNotBlank")         \* Nor is one blank that failed before it was recorded.

Assumption == {
  "LogFlushedBeforeData", "EveryWriteWaits", "OpeningRewritesLog",
  "LogFlushFailureHeeded", "SourceFlushed", "TargetsFlushed",
  "ChosenBeforeFlush", "CandidatesDrained", "KickedOut", "KickedAtSubmit",
  "FlushFailureHeeded", "SyncWaits", "SyncReachesAll", "SyncFailureHeeded",
  "WriteBackInTime", "ClearedApart", "CleanAfterCopy", "ResyncParks",
  "SourceFixed", "OutOfSyncToSource", "OneLegServes", "Serialized",
  "DiscardMarks", "DiscardZeroes", "FreeDurable", "OrderedData",
  "FailureDurable", "FailureBeforeFlush", "FailureKeepsDirty",
  "NewSourceFlushed", "SuspectMarks", "BlankTold", "DirtyBeforeRebuild",
  "LateAwaited", "UnsureNotBlank"}

\* The content of a page that is not in the cache, or of no interest there.
NoPage == -1
\* What a discard leaves that promises nothing.
AnyContent == -2

\* No slot.
NoSlot == -1

ASSUME Source \in Leg /\ Cardinality(Leg) >= 2
ASSUME \A b \in Block : PageOf(b) \in Page /\ RegionOf(b) \in Region
ASSUME \A b, c \in Block : PageOf(b) = PageOf(c) => RegionOf(b) = RegionOf(c)
ASSUME Value # {} /\ Value \cap {NoPage, AnyContent} = {}
ASSUME LegsRead \in {"shared", "locked", "copied"}
ASSUME CleanWhen \in {"drained", "unmount", "period", "sweep", "compare"}
ASSUME Storing \in {"mmap", "write", "storeMark", "markStore", "none"}
ASSUME Environment \subseteq Happening
ASSUME Off \subseteq Assumption

BlocksOf(p) == {b \in Block : PageOf(b) = p}
RegionOfPage(p) == RegionOf(CHOOSE b \in Block : PageOf(b) = p)
InRegion(r) == {b \in Block : RegionOf(b) = r}

-----------------------------------------------------------------------------
VARIABLES      \* The machine, and its page cache: memory, lost in a crash.
  mode,        \* "up"; "closing", after unmount; "down": only files exist.
  page,        \* Block -> what the page cache holds of it, or NoPage.
  pageDirty,   \* Page -> its page-dirty bit.
  changing,    \* Page -> a change of it is half done: stored into and not yet
               \* marked page-dirty, or the other way round.
  slot,        \* Slot -> the write in flight there.
  owned        \* Block -> "owned", "free", or "new": allocated, not written yet.

VARIABLES      \* The driver: memory, lost in a crash.
  state,       \* Region -> its state.
  bit,         \* Region -> the bit that the log is to have; TRUE is clean.
  durablyDirty,\* The regions whose bit the driver knows to be durably dirty.
  logIo,       \* The log's writer: "stale", "idle", "written", "flushing"; or
               \* "failed".
  legFlush,    \* Leg -> its flush in a round: "idle", "busy", "done".
  chosen,      \* The regions that the round will mark clean.
  sweep,       \* "idle", "nominated", "syncing", "synced"; or "comparing".
  syncDirty,   \* The pages that sync() has yet to start writing.
  syncWait,    \* The pages whose write sync() waits for.
  compareTodo, \* The blocks that the sweep has yet to compare.
  copyTodo,    \* Leg -> the blocks that the resync has yet to copy to it.
  out,         \* The legs that the driver has put out of use.
  source,      \* The leg that a region out of sync is read and resynced from.
  knownBlank,  \* The legs that the driver takes for blank.
  recordIo,    \* The record of these: "idle", "begun"; or "unsure", when a leg
               \* has failed that was to be recorded as in use.
  recordSince, \* Leg -> `since', of the flush that comes before the record.
  late         \* Leg -> what may reach it yet, which was asked of it before it was
               \* put out: <<block, slot, contents>>, any of which it may leave.

VARIABLES      \* The devices, and what is durable: they outlive a crash.
  leg,         \* Leg -> [now, may, since], each a function of Block.
  log,         \* [now, may, since] of the log's one block: Region -> bit.
  gone,        \* The legs that do not answer.
  record,      \* [out, source], as recorded on the log and the legs in use.
  blank,       \* The legs that are recorded to have nothing of the volume, or not
               \* to be there at all.
  ownedMay     \* Block -> whether a crash may find it owned: a set of BOOLEAN.

pageVars   == <<page, pageDirty, changing>>
roundVars  == <<legFlush, chosen>>
syncVars   == <<syncDirty, syncWait>>
sweepVars  == <<sweep, syncVars, compareTodo>>
memberVars == <<out, source, knownBlank, recordIo, late>>
legVars    == <<memberVars, recordSince>>
driverVars == <<state, bit, durablyDirty, logIo, roundVars, sweepVars,
                copyTodo, legVars>>
memoryVars == <<pageVars, slot, owned, driverVars>>
deviceVars == <<leg, log, gone, record, blank, ownedMay>>
vars == <<mode, memoryVars, deviceVars>>

-----------------------------------------------------------------------------
(***************************************************************************)
(* Types.                                                                  *)
(***************************************************************************)
RegionState == {"CLEAN", "DIRTY", "MAYBE_DIRTY", "CLEAN_CANDIDATE",
                "NOSYNC", "RECOVERING"}

NoBlocks == [l \in Leg |-> {}]
NoCopy == [b \in Block |-> NoPage]
FreeSlot == [phase |-> "free", pages |-> {}, copy |-> NoCopy, todo |-> NoBlocks]

SlotOK(s) ==
  /\ s.phase \in {"free", "cleared", "copied", "parked", "submitted", "issued",
                 "uncounted"}
  /\ s.pages \in SUBSET Page /\ Cardinality(s.pages) <= 1
  /\ s.copy \in [Block -> Value \cup {NoPage, AnyContent}]
  /\ s.todo \in [Leg -> SUBSET Block]

MemoryOK ==
  /\ mode \in {"down", "up", "closing"}
  /\ page \in [Block -> Value \cup {NoPage}]
  /\ pageDirty \in [Page -> BOOLEAN]
  /\ changing \in [Page -> BOOLEAN]
  /\ \A i \in Slot : SlotOK(slot[i])
  /\ owned \in [Block -> {"owned", "free", "new"}]

DriverOK ==
  /\ state \in [Region -> RegionState]
  /\ bit \in [Region -> BOOLEAN]
  /\ durablyDirty \in SUBSET Region
  /\ logIo \in {"stale", "idle", "written", "flushing", "failed"}
  /\ legFlush \in [Leg -> {"idle", "busy", "done"}]
  /\ chosen \in SUBSET Region
  /\ sweep \in {"idle", "nominated", "syncing", "synced", "comparing"}
  /\ syncDirty \in SUBSET Page
  /\ syncWait \in SUBSET Page
  /\ compareTodo \in SUBSET Block
  /\ copyTodo \in [Leg -> SUBSET Block]
  /\ out \in SUBSET Leg /\ source \in Leg \ out
  /\ knownBlank \in SUBSET Leg
  /\ recordIo \in {"idle", "begun", "unsure"}
  /\ recordSince \in [Leg -> [Block -> SUBSET Value]]
  /\ \A l \in Leg : recordSince[l] # NoFlush => recordIo = "begun" /\ l \notin out
  /\ late \in [Leg -> SUBSET (Block \X (Slot \cup {NoSlot}) \X SUBSET Value)]
  /\ LateAwaited => \A l \in Leg \ out : late[l] = {}
  /\ \A l \in out : /\ copyTodo[l] = {} /\ legFlush[l] # "busy"
                   /\ \A i \in Slot : slot[i].todo[l] = {}

\* What a device holds now is among what a power cut may leave: were that set
\* empty, every property of crashes would hold of nothing.
DevicesOK ==
  /\ \A l \in Leg : /\ leg[l].now \in [Block -> Value]
                    /\ leg[l].may \in [Block -> SUBSET Value]
                    /\ leg[l].since \in [Block -> SUBSET Value]
                    /\ \A b \in Block : leg[l].now[b] \in leg[l].may[b]
                    /\ leg[l].since # NoFlush <=> legFlush[l] = "busy"
  /\ log.now \in [Region -> BOOLEAN]
  /\ log.may \subseteq [Region -> BOOLEAN]
  /\ log.now \in log.may
  /\ log.since \subseteq [Region -> BOOLEAN]
  /\ log.since # {} <=> logIo = "flushing"
  /\ gone \in SUBSET Leg
  /\ record.out \in SUBSET Leg /\ record.source \in Leg \ record.out
  /\ blank \in SUBSET record.out
  /\ ownedMay \in [Block -> SUBSET BOOLEAN \ {{}}]

TypeOK == MemoryOK /\ DriverOK /\ DevicesOK

-----------------------------------------------------------------------------
(***************************************************************************)
(* What memory holds while there is no process, and the initial state.     *)
(***************************************************************************)
NoPages == [b \in Block |-> NoPage]
NoMarks == [p \in Page |-> FALSE]
FreeSlots == [i \in Slot |-> FreeSlot]
AllLegs(s) == [l \in Leg |-> s]
AllRegions(s) == [r \in Region |-> s]
AllBlocks(s) == [b \in Block |-> s]

\* A volume just made: legs equal and durable, every region durably clean,
\* every block owned.  A leg that it does not have yet is out and blank.
Init ==
  /\ mode = "down"
  /\ page = NoPages /\ pageDirty = NoMarks /\ changing = NoMarks
  /\ slot = FreeSlots
  /\ owned = AllBlocks("owned")
  /\ state = AllRegions("NOSYNC") /\ bit = AllRegions(FALSE)
  /\ durablyDirty = {} /\ logIo = "idle"
  /\ legFlush = AllLegs("idle") /\ chosen = {}
  /\ sweep = "idle" /\ syncDirty = {} /\ syncWait = {} /\ compareTodo = {}
  /\ copyTodo = NoBlocks
  /\ out = {} /\ source = Source
  /\ knownBlank = {} /\ recordIo = "idle" /\ recordSince = AllLegs(NoFlush)
  /\ late = NoBlocks
  /\ \E v \in Value : leg = [l \in Leg |-> LegFresh(AllBlocks(v))]
  /\ log = Fresh(AllRegions(TRUE))
  /\ gone = {}
  /\ blank \in IF Happens("absent") THEN SUBSET (Leg \ {Source}) ELSE {{}}
  /\ record = [out |-> blank, source |-> Source]
  /\ ownedMay = AllBlocks({TRUE})

\* The file system finds what it had committed, or what it was committing.
OwnersRead ==
  \E found \in [Block -> BOOLEAN] :
    /\ \A b \in Block : found[b] \in ownedMay[b]
    /\ owned' = [b \in Block |-> IF found[b] THEN "owned" ELSE "free"]
    /\ ownedMay' = [b \in Block |-> {found[b]}]

MemoryLost ==
  /\ page' = NoPages /\ pageDirty' = NoMarks /\ changing' = NoMarks
  /\ slot' = FreeSlots
  /\ OwnersRead
  /\ state' = AllRegions("NOSYNC") /\ bit' = AllRegions(FALSE)
  /\ durablyDirty' = {} /\ logIo' = "idle"
  /\ legFlush' = AllLegs("idle") /\ chosen' = {}
  /\ sweep' = "idle" /\ syncDirty' = {} /\ syncWait' = {} /\ compareTodo' = {}
  /\ copyTodo' = NoBlocks
  /\ out' = {} /\ source' = Source
  /\ knownBlank' = {} /\ recordIo' = "idle" /\ recordSince' = AllLegs(NoFlush)
  /\ late' = NoBlocks

-----------------------------------------------------------------------------
(***************************************************************************)
(* Writes in flight.                                                       *)
(***************************************************************************)
Free == {i \in Slot : slot[i].phase = "free"}
FirstFree(i) == i \in Free /\ \A j \in Free : i <= j

\* The write that has page p under write-back, if there is one.
UnderWriteBack(p) == {i \in Slot : p \in slot[i].pages}

\* A write-back is of a page; a direct write or a discard, of a block.
BlocksOfSlot(i) == {b \in Block : \/ PageOf(b) \in slot[i].pages
                                  \/ slot[i].pages = {} /\ slot[i].copy[b] # NoPage}
RegionOfSlot(i) == RegionOf(CHOOSE b \in BlocksOfSlot(i) : TRUE)

\* The writes that the driver counts in a region (`pending' in a dm_region).
Pending(r) == {i \in Slot : /\ slot[i].phase \in {"submitted", "issued"}
                            /\ RegionOfSlot(i) = r}

\* The legs that are written and may be read.
InUse == Leg \ out

-----------------------------------------------------------------------------
(***************************************************************************)
(* Environment: a page is changed.  The mail's causes 2, 3 and 4 are four  *)
(* ways in which a store and the mark that follows from it can lie:        *)
(*   "mmap"       one step: the processor marks what it stores into, and   *)
(*                the page is made read-only when its mark is cleared;     *)
(*   "write"      write(): store, then mark, with the page locked, so that *)
(*                no write-back begins in between;                         *)
(*   "storeMark"  a file system changes a buffer, then marks it: S7, S8;   *)
(*   "markStore"  the same in the other order.                             *)
(***************************************************************************)

\* A page that nothing is to be done with is forgotten: what the cache still
\* holds of it can be seen by no one but by a store that replaces it.
Forget(contents, p, needed) ==
  [b \in Block |-> IF PageOf(b) = p /\ ~needed THEN NoPage ELSE contents[b]]

\* Idea 1: "lock the buffers and unmap the pages while they are being written".
MayStore(p) == LegsRead = "locked" => UnderWriteBack(p) = {}

\* ACTION Store: memory is changed, whether or not it is being written.
\*   S7: "this modifies the bitmap"; a store into a mapped page; write().
Store(b, v) ==
  LET p == PageOf(b) IN
  /\ mode = "up"
  /\ Storing # "none"
  /\ owned[b] # "free"
  /\ MayStore(p)
  /\ Storing = "write" => ~changing[p]
  /\ Storing = "markStore" => changing[p]
  /\ page' = Forget([page EXCEPT ![b] = v], p,
                    \/ Storing # "markStore"
                    \/ pageDirty[p]
                    \/ UnderWriteBack(p) # {})
  /\ pageDirty' = [pageDirty EXCEPT ![p] = @ \/ Storing = "mmap"]
  /\ changing' = [changing EXCEPT ![p] = Storing \in {"write", "storeMark"}]
  /\ UNCHANGED <<mode, slot, owned, driverVars, deviceVars>>

\* ACTION MarkPageDirty: the other half of a change, a step of its own.
\*   S8: "calling mark_buffer_dirty --- this schedules new update".
MarkPageDirty(p) ==
  /\ mode = "up"
  /\ Storing \in {"write", "storeMark"}
  /\ changing[p]
  /\ pageDirty' = [pageDirty EXCEPT ![p] = TRUE]
  /\ changing' = [changing EXCEPT ![p] = FALSE]
  /\ UNCHANGED <<mode, page, slot, owned, driverVars, deviceVars>>

\* ACTION MarkFirst: the first half, where the mark comes before the store.  A
\*   page that is not in the cache is read.
MarkFirst(p) ==
  /\ mode = "up"
  /\ Storing = "markStore"
  /\ ~changing[p] /\ \A b \in BlocksOf(p) : owned[b] # "free"
  /\ page' = [b \in Block |-> IF PageOf(b) = p /\ page[b] = NoPage
                              THEN leg[source].now[b] ELSE page[b]]
  /\ pageDirty' = [pageDirty EXCEPT ![p] = TRUE]
  /\ changing' = [changing EXCEPT ![p] = TRUE]
  /\ UNCHANGED <<mode, slot, owned, driverVars, deviceVars>>

-----------------------------------------------------------------------------
(***************************************************************************)
(* Environment: reads.                                                     *)
(***************************************************************************)

\* Where a block may be read from.  A region that is not CLEAN has one leg
\* for it, always the same (default_leg in dm-raid1's mirror_map).
ReadLegs(b) ==
  IF \/ state[RegionOf(b)] = "CLEAN"
     \/ ~OneLegServes /\ state[RegionOf(b)] \notin {"NOSYNC", "RECOVERING"}
  THEN InUse ELSE {source}

\* ACTION Read: past the page cache, from a leg that may serve it.
\*   S12: "It reads the bitmap from the first device"; S13: "the kernel
\*   starts reading from 2nd mirror".  It changes nothing.
Read(b, l) ==
  /\ mode = "up"
  /\ Happens("read")
  /\ l \in ReadLegs(b) /\ l \notin gone
  /\ UNCHANGED vars

-----------------------------------------------------------------------------
(***************************************************************************)
(* System: the driver takes a write.                                       *)
(***************************************************************************)

\* A region's state once a write is counted in: rh_inc.
CountedIn(s) ==
  CASE s = "NOSYNC" -> "NOSYNC"
    [] s = "CLEAN_CANDIDATE" /\ ~(KickedOut /\ KickedAtSubmit) -> s
    [] OTHER -> "DIRTY"

\* Write s to region r comes into slot i; its region becomes DIRTY.
\*   I4: "kicked the region out of RH_CLEAN_CANDIDATE state"; rh_inc.  A write
\*   to a region that is RECOVERING is parked until the recovery ends
\*   (dm_rh_delay).
Taken(i, s, r) ==
  LET parked == state[r] = "RECOVERING" IN
  /\ slot' = [slot EXCEPT
       ![i] = [s EXCEPT !.phase = IF parked THEN "parked" ELSE "submitted"]]
  /\ IF parked \/ CountedIn(state[r]) = "CLEAN_CANDIDATE"
       THEN UNCHANGED <<state, chosen, compareTodo>>
       ELSE /\ state' = [state EXCEPT ![r] = CountedIn(@)]
            /\ chosen' = chosen \ {r}
            /\ compareTodo' = compareTodo \ InRegion(r)
  /\ bit' = IF parked THEN bit ELSE [bit EXCEPT ![r] = FALSE]

\* What the legs of a write of page p are to read, if not the page itself.
CopyOf(p) == [b \in Block |-> IF LegsRead = "copied" /\ PageOf(b) = p
                              THEN page[b] ELSE NoPage]

-----------------------------------------------------------------------------
(***************************************************************************)
(* System: write-back.                                                     *)
(***************************************************************************)

\* A page is written back by one write at a time (buffer lock, PG_writeback).
MayWriteBack(i, p) ==
  /\ mode = "up"
  /\ pageDirty[p] /\ UnderWriteBack(p) = {}
  /\ Storing = "write" => ~changing[p]
  /\ FirstFree(i)

\* A page that sync() was to write is being written, and it waits for that;
\* pdflush's pass does not wait, and does not care who took the page.
PageTaken(p) ==
  /\ pageDirty' = [pageDirty EXCEPT ![p] = FALSE]
  /\ syncDirty' = syncDirty \ {p}
  /\ syncWait' = IF p \in syncDirty /\ CleanWhen # "period"
                 THEN syncWait \cup {p} ELSE syncWait

\* ACTION WriteBackClear: a page-dirty page is taken and its bit cleared.
\*   S3: "clear dirty bit", and only then "submit IO".
WriteBackClear(i, p) ==
  /\ ClearedApart
  /\ MayWriteBack(i, p)
  /\ PageTaken(p)
  /\ slot' = [slot EXCEPT ![i].phase = "cleared", ![i].pages = {p}]
  /\ UNCHANGED <<mode, page, changing, owned, state, bit, durablyDirty, logIo,
                 roundVars, sweep, compareTodo, copyTodo, legVars, deviceVars>>

\* ACTION CopyPage: what the legs are to read is copied, before the write is
\*   counted in.  A store that comes in between marks its page page-dirty.
CopyPage(i) ==
  /\ mode = "up"
  /\ LegsRead = "copied"
  /\ slot[i].phase = "cleared"
  /\ \E p \in slot[i].pages :
       slot' = [slot EXCEPT ![i].phase = "copied", ![i].copy = CopyOf(p)]
  /\ UNCHANGED <<mode, pageVars, owned, driverVars, deviceVars>>

\* ACTION Submit: the driver takes the write.  S3: "submit IO".
Submit(i) ==
  /\ mode = "up"
  /\ slot[i].phase = IF LegsRead = "copied" THEN "copied" ELSE "cleared"
  /\ \E p \in slot[i].pages : Taken(i, slot[i], RegionOfPage(p))
  /\ UNCHANGED <<mode, pageVars, owned, durablyDirty, logIo, legFlush, sweep,
                 syncVars, copyTodo, legVars, deviceVars>>

\* ACTION WriteBack: all in one step, where a model assumes that.
WriteBack(i, p) ==
  /\ ~ClearedApart
  /\ MayWriteBack(i, p)
  /\ PageTaken(p)
  /\ Taken(i, [FreeSlot EXCEPT !.pages = {p}, !.copy = CopyOf(p)], RegionOfPage(p))
  /\ UNCHANGED <<mode, page, changing, owned, durablyDirty, logIo, legFlush,
                 sweep, copyTodo, legVars, deviceVars>>

-----------------------------------------------------------------------------
(***************************************************************************)
(* Environment: writes past the page cache, from memory that is not in it. *)
(* Such a write has no page; its slot's copy is the application's memory,  *)
(* or the driver's copy of that.                                           *)
(***************************************************************************)

\* ACTION DirectWrite: O_DIRECT; the mail's cause 1.
DirectWrite(i, b, v) ==
  /\ mode = "up"
  /\ Happens("direct")
  /\ FirstFree(i)
  /\ owned[b] # "free"
  /\ Taken(i, [FreeSlot EXCEPT !.copy[b] = v], RegionOf(b))
  /\ UNCHANGED <<mode, pageVars, owned, durablyDirty, logIo, legFlush, sweep,
                 syncVars, copyTodo, legVars, deviceVars>>

\* ACTION ChangeMemory: "an application does O_DIRECT IO and modifies the
\*   memory underway".  Nothing marks that memory dirty, and nothing writes it
\*   again.  Locking the pages of the cache does not help; a copy does.
ChangeMemory(i, b, v) ==
  /\ mode = "up"
  /\ Happens("change")
  /\ LegsRead # "copied"
  /\ slot[i].pages = {} /\ slot[i].copy[b] \in Value \ {v}
  /\ slot' = [slot EXCEPT ![i].copy[b] = v]
  /\ UNCHANGED <<mode, pageVars, owned, driverVars, deviceVars>>

Zeroes == CHOOSE v \in Value : TRUE

\* ACTION Discard: each leg drops the block's content.  dm-mirror does not
\*   count a discard in, so that no log is written for it.
Discard(i, b) ==
  LET s == [FreeSlot EXCEPT
              !.copy[b] = IF DiscardZeroes THEN Zeroes ELSE AnyContent] IN
  /\ mode = "up"
  /\ Happens("discard")
  /\ FirstFree(i)
  /\ Happens("free") => owned[b] = "free"
  /\ IF DiscardMarks
       THEN Taken(i, s, RegionOf(b))
       ELSE /\ slot' = [slot EXCEPT ![i] = [s EXCEPT
                 !.phase = "uncounted", !.todo = [l \in Leg |-> IF l \in InUse THEN {b} ELSE {}]]]
            /\ UNCHANGED <<state, bit, chosen, compareTodo>>
  /\ UNCHANGED <<mode, pageVars, owned, durablyDirty, logIo, legFlush, sweep,
                 syncVars, copyTodo, legVars, deviceVars>>

-----------------------------------------------------------------------------
(***************************************************************************)
(* Environment: blocks are freed and allocated, which the file system      *)
(* keeps in a journal of its own that is not on these blocks.              *)
(***************************************************************************)

\* ACTION FreeBlock: a file is truncated.  Its page leaves the cache, and is
\*   not written any more, page-dirty or not.
FreeBlock(b) ==
  LET p == PageOf(b) IN
  /\ mode = "up"
  /\ Happens("free")
  /\ owned[b] # "free"
  /\ UnderWriteBack(p) = {} /\ ~changing[p]
  /\ owned' = [owned EXCEPT ![b] = "free"]
  /\ ownedMay' = [ownedMay EXCEPT ![b] = IF FreeDurable THEN {FALSE} ELSE @ \cup {FALSE}]
  /\ page' = Forget(page, p, FALSE)
  /\ pageDirty' = [pageDirty EXCEPT ![p] = FALSE]
  /\ syncDirty' = syncDirty \ {p}
  /\ UNCHANGED <<mode, changing, slot, state, bit, durablyDirty, logIo, roundVars,
                 sweep, syncWait, compareTodo, copyTodo, legVars, leg, log, gone, record, blank>>

\* ACTION Allocate: another file gets the block.  With ordered data a crash
\*   finds it allocated only once the file's data is written to it.
\*   What was discarded is given away only when the discard has ended: else
\*   that might undo what the file has written.
Allocate(b) ==
  /\ mode = "up"
  /\ owned[b] = "free"
  /\ \A i \in Slot : b \notin BlocksOfSlot(i)
  /\ owned' = [owned EXCEPT ![b] = "new"]
  /\ ownedMay' = IF OrderedData THEN ownedMay ELSE [ownedMay EXCEPT ![b] = @ \cup {TRUE}]
  /\ UNCHANGED <<mode, pageVars, slot, driverVars, leg, log, gone, record, blank>>

Committed(b) == CASE owned[b] = "owned" -> {TRUE}
                  [] owned[b] = "free" -> {FALSE}
                  [] OTHER -> IF OrderedData THEN ownedMay[b] ELSE {TRUE}

\* ACTION Commit: the journal is written: what the block is now is durable.
Commit(b) ==
  /\ mode = "up"
  /\ ownedMay[b] # Committed(b)
  /\ ownedMay' = [ownedMay EXCEPT ![b] = Committed(b)]
  /\ UNCHANGED <<mode, memoryVars, leg, log, gone, record, blank>>

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
  /\ UNCHANGED <<mode, pageVars, slot, owned, state, bit, roundVars, sweepVars,
                 copyTodo, legVars, leg, gone, record, blank, ownedMay>>

\* ACTION LogFlushBegin: flush_header begins.
LogFlushBegin ==
  /\ logIo = "written"
  /\ log' = FlushBegun(log)
  /\ logIo' = "flushing"
  /\ UNCHANGED <<mode, pageVars, slot, owned, state, bit, durablyDirty, roundVars,
                 sweepVars, copyTodo, legVars, leg, gone, record, blank, ownedMay>>

\* ACTION LogFlushEnd: what was written before it began is durable.
LogFlushEnd ==
  /\ logIo = "flushing"
  /\ log' = FlushEnded(log)
  /\ durablyDirty' = {r \in Region : ~log.now[r]}
  /\ logIo' = "idle"
  /\ UNCHANGED <<mode, pageVars, slot, owned, state, bit, roundVars, sweepVars,
                 copyTodo, legVars, leg, gone, record, blank, ownedMay>>

\* ACTION LogFlushFails: nothing more can be promised of the log, and what
\*   waits for it waits for ever; or its failure is not heeded.
LogFlushFails ==
  /\ logIo = "flushing"
  /\ Happens("logFlushFails")
  /\ log' = FlushCutOff(log)
  /\ durablyDirty' = IF LogFlushFailureHeeded THEN durablyDirty
                     ELSE {r \in Region : ~log.now[r]}
  /\ logIo' = IF LogFlushFailureHeeded THEN "failed" ELSE "idle"
  /\ UNCHANGED <<mode, pageVars, slot, owned, state, bit, roundVars, sweepVars,
                 copyTodo, legVars, leg, gone, record, blank, ownedMay>>

-----------------------------------------------------------------------------
(***************************************************************************)
(* System: the legs are written.                                           *)
(***************************************************************************)

\* The legs that a write to region r goes to: a region out of sync has one.
WriteLegs(r) == IF state[r] = "NOSYNC" /\ OutOfSyncToSource THEN {source} ELSE InUse

LogAllows(i, r) ==
  \/ r \in durablyDirty
  \/ ~LogFlushedBeforeData /\ logIo # "stale" /\ ~log.now[r]
  \/ ~EveryWriteWaits /\ \E j \in Pending(r) : j < i

Overlapping(i) == {j \in Slot \ {i} : /\ slot[j].phase \in {"issued", "uncounted"}
                                      /\ BlocksOfSlot(j) \cap BlocksOfSlot(i) # {}}

\* ACTION Issue: the log lets the write go to its legs.
\*   S7: "it makes two requests and submits them"; do_writes, do_write.
Issue(i) ==
  LET r == RegionOfSlot(i) IN
  /\ slot[i].phase = "submitted"
  /\ LogAllows(i, r)
  /\ Serialized => Overlapping(i) = {}
  /\ slot' = [slot EXCEPT
       ![i].phase = "issued",
       ![i].todo = [l \in Leg |-> IF l \in WriteLegs(r) THEN BlocksOfSlot(i) ELSE {}]]
  /\ UNCHANGED <<mode, pageVars, owned, driverVars, deviceVars>>

\* What a leg may be found to hold of block b when write i has reached it.
Written(i, b) == CASE slot[i].copy[b] = NoPage -> {page[b]}
                   [] slot[i].copy[b] = AnyContent -> Value
                   [] OTHER -> {slot[i].copy[b]}

\* A content reaches a leg's volatile cache.
ReachesLeg(l, b, v) ==
  /\ leg' = [leg EXCEPT ![l] = LegWritten(@, b, v)]
  /\ recordSince' = [recordSince EXCEPT ![l] = SinceWritten(@, b, v)]

\* Of what may reach a leg late, of some it is known since that it may leave these too.
\* What a write leaves is its own until it has ended; after that its memory may be in
\* use for anything.  A copy has what it read of the source, at any time.
LateHave(Some(_), contents) ==
  [l \in Leg |-> {IF Some(w) THEN <<w[1], NoSlot, w[3] \cup contents>> ELSE w : w \in late[l]}]

\* ACTION LegWrite: one leg reads one block's memory, in its own time.
\*   S1: "old version can be written to one mirror leg, the new versions to
\*   the other mirror leg".
LegWrite(i, b, l) ==
  /\ slot[i].phase \in {"issued", "uncounted"}
  /\ b \in slot[i].todo[l]
  /\ l \notin gone
  /\ \E v \in Written(i, b) :
       /\ ReachesLeg(l, b, v)
       /\ late' = LateHave(LAMBDA w : w[1] = b /\ w[2] = NoSlot, {v})
  /\ slot' = [slot EXCEPT ![i].todo[l] = @ \ {b}]
  /\ UNCHANGED <<mode, pageVars, owned, state, bit, durablyDirty, logIo, roundVars,
                 sweepVars, copyTodo, out, source, knownBlank, recordIo, log, gone,
                 record, blank, ownedMay>>

\* What the driver knows of failed legs is durable, and it knows that it is.
FailureRecorded == recordIo = "idle" /\ record = [out |-> out, source |-> source]

\* ACTION EndWrite: every leg has it; write_callback, mirror_end_io.  A write
\*   that a failed leg has missed ends when that is recorded.
EndWrite(i) ==
  LET r == RegionOfSlot(i)
      kicksOut == ~KickedAtSubmit /\ state[r] = "CLEAN_CANDIDATE" IN
  /\ slot[i].phase \in {"issued", "uncounted"}
  /\ slot[i].todo = NoBlocks
  /\ FailureDurable => FailureRecorded
  /\ slot' = [slot EXCEPT ![i] = FreeSlot]
  /\ page' = [b \in Block |->
       IF PageOf(b) \in slot[i].pages /\ ~pageDirty[PageOf(b)] /\ ~changing[PageOf(b)]
       THEN NoPage ELSE page[b]]
  /\ owned' = [b \in Block |-> IF b \in BlocksOfSlot(i) /\ owned[b] = "new"
                               THEN "owned" ELSE owned[b]]
  /\ syncWait' = syncWait \ slot[i].pages
  /\ state' = IF kicksOut THEN [state EXCEPT ![r] = "DIRTY"] ELSE state
  /\ chosen' = IF kicksOut THEN chosen \ {r} ELSE chosen
  /\ late' = LateHave(LAMBDA w : w[2] = i, Value)
  /\ UNCHANGED <<mode, pageDirty, changing, bit, durablyDirty, logIo, legFlush,
                 sweep, syncDirty, compareTodo, copyTodo, out, source, knownBlank,
                 recordIo, recordSince, deviceVars>>

\* A policy that compares goes on with that after unmount, until all is done.
Working == \/ mode = "up"
           \/ mode = "closing" /\ CleanWhen = "compare"

\* ACTION Quiesce: the region has drained; dm_rh_dec.
\*   S9: "Both writes finished, dm-raid1 driver turns off the dirty bit";
\*   I4: "all writes drain, the state is changed to RH_MAYBE_DIRTY".
\*   Under "unmount" the region stays as it is (I2).
Quiesce(r) ==
  /\ Working
  /\ state[r] = "DIRTY" /\ Pending(r) = {}
  /\ CleanWhen # "unmount"
  /\ state' = [state EXCEPT ![r] =
       IF CleanWhen = "drained" THEN "CLEAN" ELSE "MAYBE_DIRTY"]
  /\ UNCHANGED <<mode, pageVars, slot, owned, bit, durablyDirty, logIo, roundVars,
                 sweepVars, copyTodo, legVars, deviceVars>>

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

FlushesBegun(legs) ==
  /\ legFlush' = [l \in Leg |-> IF l \in legs THEN "busy" ELSE "done"]
  /\ leg' = [l \in Leg |-> IF l \in legs THEN LegFlushBegun(leg[l]) ELSE leg[l]]

\* The sweep has done what it does before it certifies.
SweepOver == \/ sweep = "synced"
             \/ sweep = "comparing" /\ compareTodo = {}

\* While a leg is out that may come back with what it had, nothing is marked
\* clean: it would lack that.  A blank one has nothing, and keeps nothing dirty.
KeptDirty == FailureKeepsDirty /\ ~(out \subseteq knownBlank)

\* The regions that could be marked clean if the legs were flushed now.  One whose
\* resync had no leg to copy to may be CLEAN with a write pending from before.
Eligible ==
  {r \in Region :
     /\ ~bit[r]
     /\ ~KeptDirty
     /\ \/ state[r] = "CLEAN" /\ Pending(r) = {}
        \/ state[r] = "CLEAN_CANDIDATE" /\ SweepOver
        \/ /\ mode = "closing" /\ CleanWhen # "compare"
           /\ state[r] \notin {"NOSYNC", "RECOVERING"}}

\* ACTION FlushBegin: the user asks for a flush.
FlushBegin ==
  /\ mode = "up"
  /\ RoundIdle
  /\ FlushesBegun(InUse)
  /\ UNCHANGED <<mode, pageVars, slot, owned, state, bit, durablyDirty, logIo,
                 chosen, sweepVars, copyTodo, legVars, log, gone, record, blank, ownedMay>>

\* The legs that are flushed before a region is marked clean.
Protecting == (IF SourceFlushed THEN {source} ELSE {})
              \cup (IF TargetsFlushed THEN InUse \ {source} ELSE {})

\* ACTION CertifyBegin: choose, and flush the legs.
\*   dm_rh_update_states; disk_flush, which has the mirror's legs flushed
\*   before it writes a bit that was turned to clean.
CertifyBegin ==
  /\ mode # "down"
  /\ RoundIdle
  /\ Eligible # {} \/ SweepOver
  /\ chosen' = Eligible
  /\ FlushesBegun(Protecting)
  /\ sweep' = IF SweepOver THEN "idle" ELSE sweep
  /\ UNCHANGED <<mode, pageVars, slot, owned, state, bit, durablyDirty, logIo,
                 syncVars, compareTodo, copyTodo, legVars, log, gone, record, blank, ownedMay>>

\* ACTION LegFlushEnd: on leg l, all that had ended when the flush began is
\*   durable.
LegFlushEnd(l) ==
  /\ legFlush[l] = "busy"
  /\ l \notin gone
  /\ legFlush' = [legFlush EXCEPT ![l] = "done"]
  /\ leg' = [leg EXCEPT ![l] = LegFlushEnded(@)]
  /\ recordSince' = [recordSince EXCEPT ![l] = AndLeft(@, leg[l].since)]
  /\ UNCHANGED <<mode, pageVars, slot, owned, state, bit, durablyDirty, logIo,
                 chosen, sweepVars, copyTodo, memberVars, log, gone, record, blank, ownedMay>>

\* What the end of the round marks clean.
Marked == IF ChosenBeforeFlush THEN chosen ELSE Eligible

\* ACTION FlushEnd: every leg is flushed, and there is nothing to mark.
FlushEnd ==
  /\ RoundOver /\ Marked = {}
  /\ FailureBeforeFlush => FailureRecorded
  /\ legFlush' = AllLegs("idle")
  /\ UNCHANGED <<mode, pageVars, slot, owned, state, bit, durablyDirty, logIo,
                 chosen, sweepVars, copyTodo, legVars, deviceVars>>

\* ACTION CertifyEnd: every leg is flushed; what was chosen and not written
\*   since is CLEAN, and the log's writer will find its bit turned.
\*   I4: "it is moved to RH_CLEAN state and the on-disk bit for the region
\*   is turned off"; S9; core_clear_region.
CertifyEnd ==
  /\ RoundOver /\ Marked # {}
  /\ FailureBeforeFlush => FailureRecorded
  /\ legFlush' = AllLegs("idle")
  /\ chosen' = {}
  /\ state' = [r \in Region |-> IF r \in Marked THEN "CLEAN" ELSE state[r]]
  /\ bit' = [r \in Region |-> r \in Marked \/ bit[r]]
  /\ UNCHANGED <<mode, pageVars, slot, owned, durablyDirty, logIo, sweepVars,
                 copyTodo, legVars, deviceVars>>

-----------------------------------------------------------------------------
(***************************************************************************)
(* System: the sweep.  It ends with a round that certifies.  In between    *)
(* idea 4 calls sync(); idea 3 waits for one period of pdflush, which      *)
(* begins with a pass over all page-dirty pages; and CompareLegs, ours,    *)
(* asks nothing of what is above it and looks at the legs.                 *)
(***************************************************************************)
Sweeping == CleanWhen \in {"period", "sweep", "compare"}

\* ACTION Nominate: I4: "change all regions in RH_MAYBE_DIRTY state to
\*   RH_CLEAN_CANDIDATE".
Nominate ==
  LET nominated == {r \in Region :
        \/ state[r] = "MAYBE_DIRTY"
        \/ state[r] = "DIRTY" /\ ~CandidatesDrained} IN
  /\ Working
  /\ Sweeping
  /\ sweep = "idle"
  /\ nominated # {}
  /\ state' = [r \in Region |-> IF r \in nominated THEN "CLEAN_CANDIDATE" ELSE state[r]]
  /\ sweep' = IF CleanWhen = "compare" THEN "comparing" ELSE "nominated"
  /\ compareTodo' = IF CleanWhen = "compare" THEN UNION {InRegion(r) : r \in nominated}
                    ELSE {}
  /\ UNCHANGED <<mode, pageVars, slot, owned, bit, durablyDirty, logIo, roundVars,
                 syncVars, copyTodo, legVars, deviceVars>>

\* ACTION SyncBegin: I4: "then issue sync() on all filesystems".  It is to
\*   write every page that is page-dirty now, and to wait for every write
\*   under way now.  The file system commits what it has done so far.
\*   I3: "one pdflush period": its pass begins; it waits for no write.
SyncBegin ==
  /\ mode = "up"
  /\ sweep = "nominated"
  /\ sweep' = "syncing"
  /\ \E missed \in IF SyncReachesAll THEN {{}} ELSE SUBSET Page :
       /\ syncDirty' = {p \in Page \ missed : pageDirty[p]}
       /\ syncWait' = IF SyncWaits /\ CleanWhen # "period"
                      THEN {p \in Page \ missed : UnderWriteBack(p) # {}} ELSE {}
  /\ ownedMay' = [b \in Block |-> Committed(b)]
  /\ UNCHANGED <<mode, pageVars, slot, owned, state, bit, durablyDirty, logIo,
                 roundVars, compareTodo, copyTodo, legVars, leg, log, gone, record, blank>>

\* ACTION SyncEnd: sync() returns; or the period is over.
SyncEnd ==
  /\ mode = "up"
  /\ sweep = "syncing"
  /\ \/ syncDirty = {} /\ syncWait = {}
     \/ CleanWhen = "period" /\ ~WriteBackInTime
  /\ sweep' = "synced"
  /\ syncDirty' = {} /\ syncWait' = {}
  /\ UNCHANGED <<mode, pageVars, slot, owned, state, bit, durablyDirty, logIo,
                 roundVars, compareTodo, copyTodo, legVars, deviceVars>>

\* ACTION SyncFails: sync() returns an error, or is not waited for any more: the
\*   sweep is given up; or that is not heeded.
SyncFails ==
  /\ mode = "up"
  /\ Happens("syncFails")
  /\ sweep = "syncing"
  /\ sweep' = IF SyncFailureHeeded THEN "idle" ELSE "synced"
  /\ state' = [r \in Region |-> IF SyncFailureHeeded /\ state[r] = "CLEAN_CANDIDATE"
                                THEN "MAYBE_DIRTY" ELSE state[r]]
  /\ syncDirty' = {} /\ syncWait' = {}
  /\ UNCHANGED <<mode, pageVars, slot, owned, bit, durablyDirty, logIo, roundVars,
                 compareTodo, copyTodo, legVars, deviceVars>>

\* ACTION Compare: a candidate's block is read from every leg.  If they differ
\*   the region is out of sync, and will be resynced.  No write can come
\*   between the reads: it would have kicked the region out.
Compare(b) ==
  LET r == RegionOf(b) IN
  /\ Working
  /\ sweep = "comparing"
  /\ b \in compareTodo
  /\ InUse \cap gone = {}
  /\ IF \A l \in InUse : leg[l].now[b] = leg[source].now[b]
       THEN compareTodo' = compareTodo \ {b} /\ UNCHANGED state
       ELSE /\ compareTodo' = compareTodo \ InRegion(r)
            /\ state' = [state EXCEPT ![r] = "NOSYNC"]
  /\ UNCHANGED <<mode, pageVars, slot, owned, bit, durablyDirty, logIo, roundVars,
                 sweep, syncVars, copyTodo, legVars, deviceVars>>

-----------------------------------------------------------------------------
(***************************************************************************)
(* System: resync, a region at a time.                                     *)
(***************************************************************************)

\* ACTION Suspect: region r is taken for out of sync, and will be resynced: a
\*   scrub has found that its legs differ, and is to repair it; or a user asks.
\*   It is read and written from now on as any region out of sync is.
\*   A repair from a leg other than the source is this step, then a write of
\*   what that leg holds (DirectWrite), which goes to the source alone as the
\*   region is NOSYNC, and then the resync.
Suspect(r) ==
  /\ mode = "up"
  /\ Happens("scrub")
  /\ state[r] \notin {"NOSYNC", "RECOVERING"}
  /\ Pending(r) = {}
  /\ state' = [state EXCEPT ![r] = "NOSYNC"]
  /\ bit' = IF SuspectMarks THEN [bit EXCEPT ![r] = FALSE] ELSE bit
  /\ chosen' = chosen \ {r}
  /\ compareTodo' = compareTodo \ InRegion(r)
  /\ UNCHANGED <<mode, pageVars, slot, owned, durablyDirty, logIo, legFlush, sweep,
                 syncVars, copyTodo, legVars, deviceVars>>

\* ACTION ResyncBegin: a region out of sync is taken up.  From now on writes to
\*   it are parked; those under way end first.
\*   dm_rh_recovery_prepare; get_resync_work.
ResyncBegin(r) ==
  /\ mode = "up"
  /\ state[r] = "NOSYNC"
  /\ ResyncParks \/ Pending(r) = {}
  /\ r \in durablyDirty
  /\ \A q \in Region : state[q] # "RECOVERING"
  /\ state' = [state EXCEPT ![r] = "RECOVERING"]
  /\ copyTodo' = [l \in Leg |-> IF l \in InUse \ {source} THEN InRegion(r) ELSE {}]
  /\ bit' = IF CleanAfterCopy THEN bit ELSE [bit EXCEPT ![r] = TRUE]
  /\ UNCHANGED <<mode, pageVars, slot, owned, durablyDirty, logIo, roundVars,
                 sweepVars, legVars, deviceVars>>

\* ACTION ResyncCopy: a block goes from the source to another leg; recover.
ResyncCopy(b, l) ==
  /\ b \in copyTodo[l]
  /\ Pending(RegionOf(b)) = {}
  /\ {l, source} \cap gone = {}
  /\ ReachesLeg(l, b, leg[source].now[b])
  /\ copyTodo' = [copyTodo EXCEPT ![l] = @ \ {b}]
  /\ UNCHANGED <<mode, pageVars, slot, owned, state, bit, durablyDirty, logIo,
                 roundVars, sweepVars, memberVars, log, gone, record, blank, ownedMay>>

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
  /\ UNCHANGED <<mode, pageVars, owned, durablyDirty, logIo, roundVars, sweepVars,
                 copyTodo, legVars, deviceVars>>

-----------------------------------------------------------------------------
(***************************************************************************)
(* A leg fails, and comes back or is replaced.  One at a time, beside      *)
(* those that are blank.                                                   *)
(*                                                                         *)
(* A leg that a volume does not have is one that is recorded to be out and *)
(* blank: from the beginning, or since it was removed.  One that is added  *)
(* takes its place (Replace) and is taken in (DirtyAll, Readmit).  One     *)
(* that is removed is put out of use as if it had failed (NoticeFailure,   *)
(* under the conditions of MayBePutOut), which is recorded; then it is     *)
(* recorded to be blank: Replace, by nothing.                              *)
(***************************************************************************)

\* ACTION LegFails: the leg does not answer any more.
LegFails(l) ==
  /\ mode = "up"
  /\ Happens("fail")
  /\ gone = {} /\ out \subseteq knownBlank /\ l \in InUse
  /\ gone' = {l}
  /\ UNCHANGED <<mode, memoryVars, leg, log, record, blank, ownedMay>>

FlushCutOffOf(l, legs) == [legs EXCEPT ![l] = LegFlushCutOff(@)]

\* The legs when the flushes before a record have ended.
RecordFlushed == [l \in Leg |-> SinceEnded(leg[l], recordSince[l])]

\* Leg l fails while it is being recorded that it is in use.  That comes to nothing;
\* or a crash finds it recorded, as it was before l failed.  Which of them nobody
\* knows, so that one more record has to follow.
RecordCutOff(l) ==
  /\ recordIo' = "unsure"
  /\ recordSince' = AllLegs(NoFlush)
  /\ \/ /\ leg' = FlushCutOffOf(l, leg)
        /\ UNCHANGED <<record, blank>>
     \/ /\ leg' = FlushCutOffOf(l, RecordFlushed)
        /\ record' = [out |-> out, source |-> source]
        /\ blank' = blank \cap out

\* Leg l is put out of use.  Nothing waits for it any more, though what was asked
\* of it may be done late.  If it was the source, a leg that has all that was
\* written becomes the source.  If it was a blank one, just taken in, it is not known
\* whether that was recorded: it counts as blank no more.
PutOut(l) ==
  /\ out' = out \cup {l}
  /\ knownBlank' = IF UnsureNotBlank THEN knownBlank \cap out ELSE knownBlank
  /\ source' = IF l = source THEN CHOOSE m \in InUse \ {l} : TRUE ELSE source
  /\ slot' = [i \in Slot |-> [slot[i] EXCEPT !.todo[l] = {}]]
  /\ copyTodo' = [copyTodo EXCEPT ![l] = {}]
  /\ legFlush' = IF RoundIdle THEN legFlush ELSE [legFlush EXCEPT ![l] = "done"]
  /\ chosen' = IF FailureKeepsDirty THEN {} ELSE chosen
  /\ late' = IF Happens("late")
              THEN [late EXCEPT ![l] = @
                      \cup {<<b, NoSlot, {leg[source].now[b]}>> : b \in copyTodo[l]}
                      \cup UNION {slot[i].todo[l] \X {i} \X {{}} : i \in Slot}]
              ELSE late
  /\ IF recordIo = "begun"
       THEN RecordCutOff(l)
       ELSE /\ leg' = FlushCutOffOf(l, leg)
            /\ UNCHANGED <<recordIo, recordSince, record, blank>>

\* Where regions are out of sync the source is the only leg that has them: the
\* volume waits for it, and invents nothing.
MayBePutOut(l) ==
  /\ mode # "down"
  /\ l \in InUse /\ InUse # {l}
  /\ l = source => \A r \in Region : state[r] \notin {"NOSYNC", "RECOVERING"}

\* ACTION NoticeFailure: something asked of the leg has failed; fail_mirror.
NoticeFailure(l) ==
  /\ MayBePutOut(l)
  /\ l \in gone
  /\ PutOut(l)
  /\ UNCHANGED <<mode, pageVars, owned, state, bit, durablyDirty, logIo, sweepVars,
                 log, gone, ownedMay>>

\* ACTION LegFlushFails: a flush of the leg fails, a round's or a record's.  What
\*   its cache held may be lost at any time, and no later flush would tell: the leg
\*   is put out of use.
LegFlushFails(l) ==
  /\ Happens("flushFails")
  /\ legFlush[l] = "busy" \/ recordSince[l] # NoFlush
  /\ gone = {} /\ out \subseteq knownBlank
  /\ IF FlushFailureHeeded
       THEN MayBePutOut(l) /\ PutOut(l)
       ELSE /\ legFlush' = IF RoundIdle THEN legFlush ELSE [legFlush EXCEPT ![l] = "done"]
            /\ leg' = FlushCutOffOf(l, leg)
            /\ recordSince' = [recordSince EXCEPT ![l] = NoFlush]
            /\ UNCHANGED <<slot, chosen, copyTodo, memberVars, record, blank>>
  /\ UNCHANGED <<mode, pageVars, owned, state, bit, durablyDirty, logIo, sweepVars,
                 log, gone, ownedMay>>

\* ACTION RecordBegin: which legs are in use is to be recorded, on the log and on
\*   them.  First they are flushed: the new source may have got by a resync, and
\*   not made durable yet, what was durable on the old one.
RecordBegin ==
  /\ mode # "down"
  /\ ~FailureRecorded
  /\ recordIo # "begun"
  /\ recordIo' = "begun"
  /\ recordSince' = [l \in Leg |-> IF l \in InUse /\ NewSourceFlushed
                                    THEN SinceBegun(leg[l]) ELSE NoFlush]
  /\ UNCHANGED <<mode, pageVars, slot, owned, state, bit, durablyDirty, logIo,
                 roundVars, sweepVars, copyTodo, out, source, knownBlank, late,
                 deviceVars>>

\* ACTION RecordFailure: the flushes have ended, and it is recorded.  A crash
\*   before that leaves the old record.  That the flushes end a little sooner
\*   makes nothing possible that is not so before they end.
\*   A blank leg that it records as in use is blank no more.  So one whose rebuild
\*   a crash cut off before this is out and blank again; one whose rebuild it
\*   cut off afterwards is in use, and all that it may lack is durably dirty.
RecordFailure ==
  /\ recordIo = "begun"
  /\ InUse \cap gone = {}
  /\ recordIo' = "idle"
  /\ record' = [out |-> out, source |-> source]
  /\ blank' = blank \cap out /\ knownBlank' = knownBlank \cap out
  /\ leg' = RecordFlushed
  /\ recordSince' = AllLegs(NoFlush)
  /\ UNCHANGED <<mode, pageVars, slot, owned, state, bit, durablyDirty, logIo,
                 roundVars, sweepVars, copyTodo, out, source, late, log, gone, ownedMay>>

\* ACTION LateWrite: a copy or a write ends that was asked of the leg before it was
\*   put out of use, and may have reached it; another of the block may be to come.
LateWrite(b, l) ==
  \E w \in late[l] :
    LET Over == [late EXCEPT ![l] = @ \ {w}]
        Leaves == IF w[2] = NoSlot THEN w[3] ELSE Written(w[2], b) IN
    /\ w[1] = b
    /\ \/ late' = Over /\ UNCHANGED <<leg, recordSince>>
       \/ /\ l \notin gone
          /\ late' \in {late, Over}
          /\ \E v \in Leaves : ReachesLeg(l, b, v)
    /\ UNCHANGED <<mode, pageVars, slot, owned, state, bit, durablyDirty, logIo,
                   roundVars, sweepVars, copyTodo, out, source, knownBlank, recordIo,
                   log, gone, record, blank, ownedMay>>

\* ACTION LegReturns: it answers again.  If its failure was recorded its own
\*   cache may have been lost.  (One that loses it unnoticed lies.)
LegReturns(l) ==
  /\ l \in gone
  /\ l \in out \/ mode = "down"
  /\ gone' = gone \ {l}
  /\ IF l \in record.out
       THEN \E kept \in [Block -> Value] :
              /\ \A b \in Block : kept[b] \in leg[l].may[b]
              /\ leg' = [leg EXCEPT ![l] = LegFresh(kept)]
       ELSE UNCHANGED leg
  /\ UNCHANGED <<mode, memoryVars, log, record, blank, ownedMay>>

\* ACTION Replace: another device takes the leg's place, with any content at all;
\*   or none does, as the leg was removed.  That it is blank is recorded.
Replace(l) ==
  /\ Happens("replace")
  /\ l \in record.out
  /\ \/ mode = "down"
     \/ l \in out /\ recordIo = "idle"
  /\ gone' = gone \ {l}
  /\ blank' = IF BlankTold THEN blank \cup {l} ELSE blank
  /\ knownBlank' = IF BlankTold /\ mode # "down" THEN knownBlank \cup {l} ELSE knownBlank
  /\ \E content \in [Block -> Value] : leg' = [leg EXCEPT ![l] = LegFresh(content)]
  /\ UNCHANGED <<mode, pageVars, slot, owned, state, bit, durablyDirty, logIo,
                 roundVars, sweepVars, copyTodo, out, source, recordIo, recordSince, late,
                 log, record, ownedMay>>

\* ACTION DirtyAll: before a blank leg is taken in every bit turns dirty; the
\*   log's writer makes that durable.  If a round turns one clean again before the
\*   leg is taken in, it is done again.
DirtyAll ==
  /\ mode = "up"
  /\ knownBlank \cap out # {}
  /\ \E r \in Region : bit[r]
  /\ bit' = AllRegions(FALSE)
  /\ UNCHANGED <<mode, pageVars, slot, owned, state, durablyDirty, logIo, roundVars,
                 sweepVars, copyTodo, legVars, deviceVars>>

\* ACTION Readmit: it is taken into use.  It has what was clean when it failed,
\*   and nothing was marked clean since (KeptDirty); the rest is out of sync.  A blank one
\*   has nothing, and the log says so, durably: else a crash after the leg was
\*   recorded as in use would find regions clean that it lacks.
Readmit(l) ==
  /\ mode = "up"
  /\ l \in out \ gone
  /\ \A i \in Slot : slot[i].phase \in {"free", "cleared", "copied"}
  /\ RoundIdle /\ sweep = "idle" /\ recordIo # "begun"
  /\ LateAwaited => late[l] = {}
  /\ \A r \in Region : state[r] # "RECOVERING"
  /\ l \in knownBlank /\ DirtyBeforeRebuild =>
       durablyDirty = Region /\ \A r \in Region : ~bit[r]
  /\ out' = out \ {l}
  /\ bit' = IF l \in knownBlank THEN AllRegions(FALSE) ELSE bit
  /\ state' = [r \in Region |-> IF bit'[r] THEN "CLEAN" ELSE "NOSYNC"]
  /\ UNCHANGED <<mode, pageVars, slot, owned, durablyDirty, logIo, roundVars,
                 sweepVars, copyTodo, source, knownBlank, recordIo, recordSince, late,
                 deviceVars>>

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
  /\ \A p \in Page : ~pageDirty[p] /\ ~changing[p]
  /\ \A b \in Block : ownedMay[b] = Committed(b)
  /\ Free = Slot
  /\ mode' = "closing"
  /\ sweep' = IF CleanWhen = "compare" THEN sweep ELSE "idle"
  /\ UNCHANGED <<pageVars, slot, owned, state, bit, durablyDirty, logIo, roundVars,
                 syncVars, compareTodo, copyTodo, legVars, deviceVars>>

\* ACTION UnmountEnd: all that can be marked clean is, durably.  While a leg is
\*   out that may come back that is nothing, and what was compared stays as it is.
UnmountEnd ==
  /\ mode = "closing"
  /\ RoundIdle /\ Eligible = {}
  /\ \A r \in Region : state[r] # "RECOVERING"
  /\ CleanWhen = "compare" =>
       sweep = "idle" /\ (KeptDirty \/ \A r \in Region : state[r] \in {"CLEAN", "NOSYNC"})
  /\ logIo = "idle" /\ bit = log.now
  /\ FailureRecorded
  /\ mode' = "down"
  /\ MemoryLost
  /\ UNCHANGED <<leg, log, gone, record, blank>>

\* ACTION Kill: the process dies.  Writes that ended survive, as volatile as
\*   they were; of those under way, what the steps above had done.
Kill ==
  /\ mode # "down"
  /\ mode' = "down"
  /\ MemoryLost
  /\ leg' = [l \in Leg |-> LegFlushCutOff(leg[l])]
  /\ log' = FlushCutOff(log)
  /\ UNCHANGED <<gone, record, blank>>

\* ACTION PowerCut: every block of every device keeps one of the contents that
\*   its volatile cache allows.  Memory is lost before, in a step of its own:
\*   what a cut may leave at any instant it may leave after a Kill at that
\*   instant.
\*   S10: "Before pdflush writes the buffer second time, we get a ***CRASH***".
PowerCut ==
  LET Left == [l \in Leg |->
        {c \in [Block -> Value] : \A b \in Block : c[b] \in leg[l].may[b]}] IN
  /\ mode = "down"
  /\ \E kept \in [Leg -> UNION {Left[l] : l \in Leg}] :
       /\ \A l \in Leg : kept[l] \in Left[l]
       /\ leg' = [l \in Leg |-> LegFresh(kept[l])]
  /\ \E bits \in log.may : log' = Fresh(bits)
  /\ UNCHANGED <<mode, memoryVars, gone, record, blank, ownedMay>>

\* ACTION Restart: the volume is opened.  What the log calls clean is in
\*   sync; the rest is resynced.
\*   S11: "After new boot, dm-raid1 doesn't update the region, because the
\*   region's bit is off"; disk_resume, __rh_alloc.
Restart ==
  /\ mode = "down"
  /\ mode' = "up"
  /\ bit' = log.now
  /\ state' = [r \in Region |-> IF log.now[r] THEN "CLEAN" ELSE "NOSYNC"]
  /\ logIo' = IF OpeningRewritesLog THEN "stale" ELSE "idle"
  /\ durablyDirty' = IF OpeningRewritesLog THEN {} ELSE {r \in Region : ~log.now[r]}
  /\ out' = record.out
  /\ source' \in IF SourceFixed THEN {record.source} ELSE Leg \ record.out
  /\ knownBlank' = blank
  /\ UNCHANGED <<pageVars, slot, owned, roundVars, sweepVars, copyTodo, recordIo,
                 recordSince, late, deviceVars>>

-----------------------------------------------------------------------------
(***************************************************************************)
(* Quantified actions stand in one \E each, or TLC loses their names.      *)
(***************************************************************************)
EnvironmentNext ==
  \/ \E b \in Block, v \in Value : Store(b, v)
  \/ \E p \in Page : MarkPageDirty(p)
  \/ \E p \in Page : MarkFirst(p)
  \/ \E b \in Block, l \in Leg : Read(b, l)
  \/ \E i \in Slot, b \in Block, v \in Value : DirectWrite(i, b, v)
  \/ \E i \in Slot, b \in Block, v \in Value : ChangeMemory(i, b, v)
  \/ \E i \in Slot, b \in Block : Discard(i, b)
  \/ \E b \in Block : FreeBlock(b)
  \/ \E b \in Block : Allocate(b)
  \/ \E b \in Block : Commit(b)
  \/ FlushBegin
  \/ \E r \in Region : Suspect(r)
  \/ UnmountBegin

SystemNext ==
  \/ \E i \in Slot, p \in Page : WriteBackClear(i, p)
  \/ \E i \in Slot : CopyPage(i)
  \/ \E i \in Slot : Submit(i)
  \/ \E i \in Slot, p \in Page : WriteBack(i, p)
  \/ LogWrite
  \/ LogFlushBegin
  \/ LogFlushEnd
  \/ \E i \in Slot : Issue(i)
  \/ \E i \in Slot, b \in Block, l \in Leg : LegWrite(i, b, l)
  \/ \E i \in Slot : EndWrite(i)
  \/ \E r \in Region : Quiesce(r)
  \/ CertifyBegin
  \/ \E l \in Leg : LegFlushEnd(l)
  \/ FlushEnd
  \/ CertifyEnd
  \/ Nominate
  \/ SyncBegin
  \/ SyncEnd
  \/ \E b \in Block : Compare(b)
  \/ \E r \in Region : ResyncBegin(r)
  \/ \E b \in Block, l \in Leg : ResyncCopy(b, l)
  \/ \E r \in Region : ResyncEnd(r)
  \/ \E l \in Leg : NoticeFailure(l)
  \/ RecordBegin
  \/ RecordFailure
  \/ DirtyAll
  \/ \E l \in Leg : Readmit(l)
  \/ UnmountEnd
  \/ Restart

FailureNext ==
  \/ LogFlushFails
  \/ SyncFails
  \/ \E l \in Leg : LegFlushFails(l)
  \/ \E l \in Leg : LegFails(l)
  \/ \E b \in Block, l \in Leg : LateWrite(b, l)
  \/ \E l \in Leg : LegReturns(l)
  \/ \E l \in Leg : Replace(l)
  \/ Kill
  \/ PowerCut

Next == EnvironmentNext \/ SystemNext \/ FailureNext

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
(***************************************************************************)
(* Properties: the legs agree.                                             *)
(***************************************************************************)

\* A crash now may leave region r's bit clean, whether or not it is cut off.
MayBeFoundClean(r) == \E bits \in log.may : bits[r]

\* A crash now may leave the legs different in block b.
MayBeFoundTorn(b) ==
  \E l, m \in Leg \ record.out :
    \E v \in leg[l].may[b], w \in leg[m].may[b] : v # w

(***************************************************************************)
(* No desync: wherever a crash may find the region's bit clean, the legs   *)
(* are equal, whatever the crash leaves of each.  Said of every state, it  *)
(* covers a kill and a power cut at every instant, before either comes.    *)
(***************************************************************************)
NoDesync ==
  \A b \in Block : MayBeFoundClean(RegionOf(b)) => ~MayBeFoundTorn(b)

\* The same of the blocks that a crash may find owned by a file: what is in a
\* free block nobody reads.
NoDesyncOwned ==
  \A b \in Block :
    MayBeFoundClean(RegionOf(b)) /\ TRUE \in ownedMay[b] => ~MayBeFoundTorn(b)

(***************************************************************************)
(* Read stability: two reads with no write between them agree, whichever   *)
(* leg serves them.  As long as no leg is written but by LegWrite and      *)
(* ResyncCopy, and the source only by LegWrite, it is enough to say it of  *)
(* one state: a read that agrees with the source before and a read that    *)
(* agrees with it after agree with each other.  (Where the source changes, *)
(* it is not enough: then the refinement of AtomicDisk is the property.)   *)
(***************************************************************************)
BeingWritten(b) == \E i \in Slot : /\ slot[i].phase \in {"issued", "uncounted"}
                                   /\ b \in BlocksOfSlot(i)
ReadStability ==
  \A b \in Block : mode = "up" /\ ~BeingWritten(b) =>
    \A l \in ReadLegs(b) : leg[l].now[b] = leg[source].now[b]

THEOREM Spec => []TypeOK
\* For which policies, and under which assumptions, these are theorems is
\* the subject of the models: see README.md.
=============================================================================
