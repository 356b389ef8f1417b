------------------------------ MODULE OneCopy ------------------------------
(***************************************************************************)
(* The log in dm-mirror's format, as the mirror writes it: what            *)
(* Mirror.tla calls the log's one block.  It is there once: a header, that *)
(* says whose log it is, and the bits.  There is no checksum.              *)
(*                                                                         *)
(* A device writes a sector atomically.  The header is one, sector 0; of   *)
(* the bits each sector stands here for one region.  A write may be torn   *)
(* between sectors, so that of each region's bit a crash leaves the one    *)
(* before or the one after.  Where the header is not right, or a sector    *)
(* cannot be read, every region is dirty, and the log is made anew.        *)
(*                                                                         *)
(* Not modelled: that the log is damaged while the mirror runs, which does *)
(* not read it then; a log of another volume that has as many regions,     *)
(* which is believed; a device that lies about its flushes.                *)
(***************************************************************************)
EXTENDS Naturals

CONSTANTS
  Regions, \* How many.
  Damage,  \* Whether the log may be damaged, or become another, while it is down.
  Off      \* The assumptions that do not hold here: see Assumption.

-----------------------------------------------------------------------------
(***************************************************************************)
(* The assumptions.  Each is true unless a model switches it off.          *)
(***************************************************************************)
Holds(a) == a \notin Off

HeaderTold == Holds("HeaderTold") \* Bits under a header that is not right are not believed.
ErrorTold == Holds("ErrorTold")   \* Nor are those of which a sector cannot be read.
DamageTold == Holds("DamageTold") \* A damaged sector cannot be read: no other bits are.
Voided == Holds("Voided")         \* Before a log is made anew no header is right, durably.
BitsFirst == Holds("BitsFirst")   \* Before its header is written its bits are durable.
Flushed == Holds("Flushed")       \* The mirror relies on a write when a flush has ended.
FoundFlushed == Holds("FoundFlushed") \* And so it does on what it found at opening.

Assumption == {"HeaderTold", "ErrorTold", "DamageTold", "Voided", "BitsFirst", "Flushed", "FoundFlushed"}

ASSUME Regions \in Nat \ {0} /\ Damage \in BOOLEAN
ASSUME Off \subseteq Assumption

-----------------------------------------------------------------------------
Region == 1..Regions
Sector == 0..Regions
Bit == {"clean", "dirty"}
Bits == [Region -> Bit]
AllDirty == [r \in Region |-> "dirty"]

VARIABLES
  now,     \* Sector -> what a read returns.  Of sector 0 only whether it is "right".
  may,     \* Sector -> what a power cut may leave.
  io,      \* The writer: "down", where there is none; "found" a log, or "lost" it,
           \* and wrote nothing since; "void", where no header is right, durably;
           \* "bits", when all bits are durable under it; "made", when the header
           \* is written; "written"; "idle", when that is durable.
  bit,     \* The bits that the writer has in memory.
  promised \* Region -> what the mirror relies on, and what was written since.  (No
           \* guard reads it: it says what is to be found after a crash.)

vars == <<now, may, io, bit, promised>>

TypeOK ==
  /\ \A s \in Sector : now[s] \in may[s]
  /\ may[0] \subseteq {"right", "wrong"}
  /\ \A r \in Region : may[r] \subseteq Bit \cup {"unreadable"}
  /\ io \in {"down", "found", "lost", "void", "bits", "made", "written", "idle"}
  /\ bit \in Bits
  /\ promised \in [Region -> SUBSET Bit \ {{}}]

\* Whether what is on the device is believed at all.
Trusted(p) ==
  /\ HeaderTold => p[0] = "right"
  /\ ErrorTold => \A r \in Region : p[r] # "unreadable"

\* What is believed of a region.  (Where a sector cannot be read and that is not
\* told, it is what the memory happened to hold.)
Read(p, r) ==
  IF ~Trusted(p) THEN {"dirty"} ELSE IF p[r] = "unreadable" THEN Bit ELSE {p[r]}

Sectors(header, b) == [s \in Sector |-> IF s = 0 THEN header ELSE b[s]]
Only(p) == [s \in Sector |-> {p[s]}]
Promise(b) == [r \in Region |-> {b[r]}]

\* A log just made.
Init ==
  /\ bit \in Bits
  /\ now = Sectors("right", bit)
  /\ may = Only(now)
  /\ io = "idle"
  /\ promised = Promise(bit)

-----------------------------------------------------------------------------
(***************************************************************************)
(* The writer of the log.                                                  *)
(***************************************************************************)

\* Some sectors are written: they are read from now on, and a power cut may leave
\* of each what is written or what was there.
Put(sectors, p) ==
  /\ now' = [s \in Sector |-> IF s \in sectors THEN p[s] ELSE now[s]]
  /\ may' = [s \in Sector |-> IF s \in sectors THEN may[s] \cup {p[s]} ELSE may[s]]

\* From now on a crash may leave b of some regions, too.
Add(regions, b) == [r \in Region |-> IF r \in regions THEN promised[r] \cup {b[r]} ELSE promised[r]]

\* ACTION Write: LogWrite of Mirror.tla.  What has changed; after opening, all.
Write(b) ==
  /\ io \in {"idle", "written", "found"}
  /\ bit' = b
  /\ Put(Region, Sectors("right", b))
  /\ promised' = IF Flushed THEN Add(Region, b) ELSE Promise(b)
  /\ io' = "written"

\* ACTION Ended: LogFlushEnd of Mirror.tla.  From now on the mirror relies on it.
\*   (A flush that began before the last write is followed by another.)
Ended ==
  /\ io \in {"written", "made"}
  /\ may' = Only(now)
  /\ promised' = Promise(bit)
  /\ io' = "idle"
  /\ UNCHANGED <<now, bit>>

\* ACTION Open: it reads, and changes nothing.  What it finds need not be
\* durable.  Restart of Mirror.tla, after which the first thing is a Write.
Open ==
  /\ io = "down" /\ Trusted(now)
  /\ bit' \in {b \in Bits : \A r \in Region : b[r] \in Read(now, r)}
  /\ promised' = IF FoundFlushed THEN promised ELSE Promise(bit')
  /\ io' = "found"
  /\ UNCHANGED <<now, may>>

\* ACTION Lose: opening finds nothing to believe: every region is dirty.
Lose ==
  /\ io = "down" /\ ~Trusted(now)
  /\ bit' = AllDirty
  /\ io' = "lost"
  /\ UNCHANGED <<now, may, promised>>

\* ACTION Make: somebody wants a new log over whatever there is.  Until the void
\*   is durable it is what it was.
Make(b) ==
  /\ io = "down"
  /\ bit' = b
  /\ io' = "lost"
  /\ UNCHANGED <<now, may, promised>>

\* ACTION Void: first no header is right, durably.  From then on, until there is
\*   another, nothing is to be believed clean.
Void ==
  /\ io = "lost"
  /\ now' = IF Voided THEN [now EXCEPT ![0] = "wrong"] ELSE now
  /\ may' = IF Voided THEN Only(now') ELSE may
  /\ promised' = Promise(AllDirty)
  /\ io' = "void"
  /\ UNCHANGED bit

\* ACTION WriteBits: then all bits are written, and flushed.
WriteBits ==
  /\ io = "void"
  /\ now' = Sectors(now[0], bit)
  /\ may' = IF BitsFirst THEN Only(now') ELSE [s \in Sector |-> may[s] \cup {now'[s]}]
  /\ io' = "bits"
  /\ UNCHANGED <<bit, promised>>

\* ACTION WriteHeader: and the header last.  The flush that follows is the mirror's.
WriteHeader ==
  /\ io = "bits"
  /\ Put({0}, Sectors("right", bit))
  /\ promised' = Add(Region, bit)
  /\ io' = "made"
  /\ UNCHANGED bit

-----------------------------------------------------------------------------
(***************************************************************************)
(* What becomes of it.                                                     *)
(***************************************************************************)

\* What the writer knew is lost.
MemoryLost == io' = "down" /\ bit' = AllDirty

\* ACTION Kill: what is volatile stays so.
Kill ==
  /\ io # "down"
  /\ MemoryLost
  /\ UNCHANGED <<now, may, promised>>

\* ACTION KillWriting: in the middle of a write of bits.  Any sectors of it have
\* been written.
KillWriting(b, regions) ==
  /\ \/ io \in {"idle", "written", "found"}
     \/ io = "void" /\ b = bit
  /\ Put(regions, Sectors("right", b))
  /\ promised' = IF io = "void" THEN promised ELSE Add(regions, b)
  /\ MemoryLost

\* ACTION KillVoiding: when there is no right header any more, but not durably.
KillVoiding ==
  /\ io = "lost" /\ Voided
  /\ Put({0}, Sectors("wrong", bit))
  /\ MemoryLost
  /\ UNCHANGED promised

\* ACTION PowerCut: each sector keeps one of the contents that the cache allows.
\*   What a cut may leave at any instant it may leave after a Kill at that instant.
PowerCut ==
  /\ io = "down"
  /\ now' \in {p \in [Sector -> UNION {may[s] : s \in Sector}] : \A s \in Sector : p[s] \in may[s]}
  /\ may' = Only(now')
  /\ UNCHANGED <<io, bit, promised>>

\* ACTION BecomeDamaged: a sector cannot be read any more; of the header it is the
\*   same if it is another.
BecomeDamaged(s) ==
  /\ Damage /\ io = "down"
  /\ \E c \in IF s = 0 THEN {"wrong"} ELSE IF DamageTold THEN {"unreadable"} ELSE Bit :
       /\ now' = [now EXCEPT ![s] = c]
       /\ may' = [may EXCEPT ![s] = {c}]
  /\ UNCHANGED <<io, bit, promised>>

\* ACTION BecomeOther: somebody has put something else there, such as zeros or the
\*   log of a volume with another number of regions.
BecomeOther(b) ==
  /\ Damage /\ io = "down"
  /\ now' = Sectors("wrong", b)
  /\ may' = Only(now')
  /\ UNCHANGED <<io, bit, promised>>

Next ==
  \/ \E b \in Bits : Write(b)
  \/ Ended
  \/ Open
  \/ Lose
  \/ \E b \in Bits : Make(b)
  \/ Void
  \/ WriteBits
  \/ WriteHeader
  \/ Kill
  \/ \E b \in Bits, regions \in SUBSET Region : KillWriting(b, regions)
  \/ KillVoiding
  \/ PowerCut
  \/ \E s \in Sector : BecomeDamaged(s)
  \/ \E b \in Bits : BecomeOther(b)

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
(***************************************************************************)
(* What is believed after a crash.                                         *)
(***************************************************************************)

\* What a crash may leave of the log.
Left == {p \in [Sector -> UNION {may[s] : s \in Sector}] : \A s \in Sector : p[s] \in may[s]} \cup {now}

\* Of each region a crash leaves the bit that was promised last, or one that was
\* written since: what `may' of Mirror.tla's log is to say.  Of two regions it may
\* leave the one of before and the other of after.
EachOldOrNew ==
  \A p \in Left : Trusted(p) => \A r \in Region : Read(p, r) \subseteq promised[r]

\* Whatever becomes of the log, it calls no region clean that was promised to be
\* dirty, and it may call every region dirty.
DirtyStays ==
  \A p \in Left : \A r \in Region : "clean" \in Read(p, r) => "clean" \in promised[r]

THEOREM Off = {} => (Spec => [](TypeOK /\ DirtyStays))
THEOREM Off = {} => (Spec => []EachOldOrNew)
=============================================================================
