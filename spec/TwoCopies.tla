----------------------------- MODULE TwoCopies -----------------------------
(***************************************************************************)
(* The hardened log: what Mirror.tla calls the log's one block.  Each page *)
(* of its bits is kept in two copies.  A write goes to one of them; when   *)
(* that is durable, the same content goes to the other; when that is       *)
(* durable, the flush of the log has ended, and the mirror relies on it.   *)
(* From then on nothing that is older is left anywhere.                    *)
(*                                                                         *)
(* A copy is larger than what a device writes atomically, so a crash in    *)
(* the middle of a write may leave it torn.  Its checksum tells.  And as   *)
(* no sector of one write is the same as another's (each is veiled by its  *)
(* write's number), what is torn is never an older page by chance.         *)
(*                                                                         *)
(* Not modelled: a checksum that fits by chance; a device that lies about  *)
(* its flushes; and what pages have to do with each other.  A log is read  *)
(* if each of its pages is; if one is not, every region is dirty.          *)
(***************************************************************************)
EXTENDS Naturals

CONSTANTS
  Content,  \* What the bits of a page may say.
  AllDirty, \* The one of them that has every region dirty.
  Damage,   \* Whether copies may be damaged, at any time.
  Off       \* The assumptions that do not hold here: see Assumption.

-----------------------------------------------------------------------------
(***************************************************************************)
(* The assumptions.  Each is true unless a model switches it off.          *)
(***************************************************************************)
Holds(a) == a \notin Off

TornTold == Holds("TornTold")         \* A torn copy is told from a whole one.
FirstFlushed == Holds("FirstFlushed") \* The second copy is written when the first is durable.
BothFlushed == Holds("BothFlushed")   \* What the mirror relies on is in both, durably.
LastFound == Holds("LastFound")       \* After opening, what was written last is overwritten first.

Assumption == {"TornTold", "FirstFlushed", "BothFlushed", "LastFound"}

ASSUME AllDirty \in Content /\ Damage \in BOOLEAN
ASSUME Off \subseteq Assumption

-----------------------------------------------------------------------------
Copy == {0, 1}
Other(k) == 1 - k
Torn == [number |-> 0, turn |-> "torn", bits |-> "none"]

VARIABLES
  now,      \* Copy -> what a read returns: [number, turn, bits].
  may,      \* Copy -> what a power cut may leave.
  io,       \* The writer: "idle"; "first" copy written; "kept", when that is
            \* durable; "second" copy written; "down", where there is none; or
            \* "void", where the log is being made anew.
  last,     \* The copy that was written last: the next one to be overwritten.
  number,   \* The number of the last write.
  image,    \* What that write was of.
  promised  \* What the mirror relies on, and what was written since.  (No
            \* guard reads it: it says what is to be found after a crash.)

vars == <<now, may, io, last, number, image, promised>>

Whole(p) == p.turn # "torn"

TypeOK ==
  /\ \A k \in Copy : now[k] \in may[k]
  /\ \A k \in Copy : \A p \in may[k] :
       p = Torn \/ (p.number > 0 /\ p.bits \in Content)
  /\ io \in {"down", "idle", "first", "kept", "second", "void"}
  /\ last \in Copy /\ number \in Nat
  /\ image \in Content
  /\ promised \subseteq Content /\ promised # {}

\* The newest whole copy is believed.
Newest(p) == IF p[0].number >= p[1].number THEN p[0] ELSE p[1]
Read(p) == Newest(p).bits

\* Which copy was written last: the one that is torn.  Else that which says that
\* it is a second one, if both have one number.  Else the newer one, which was
\* written before the other was to follow.  (A second one is written when the
\* other has the same number durably, so that it can be the newer of two whole
\* ones only if somebody has put an older page back: the other one then.)
LastWritten(p) ==
  IF ~Whole(p[0]) THEN 0
  ELSE IF ~Whole(p[1]) THEN 1
  ELSE IF p[0].number = p[1].number THEN IF p[0].turn = "second" THEN 0 ELSE 1
  ELSE LET newer == IF p[0].number > p[1].number THEN 0 ELSE 1
       IN IF p[newer].turn = "first" THEN newer ELSE Other(newer)

Made(c) == [k \in Copy |-> [number |-> 1, bits |-> c,
                            turn |-> IF k = 0 THEN "first" ELSE "second"]]

\* A log just made.
Init ==
  /\ image \in Content
  /\ now = Made(image)
  /\ may = [k \in Copy |-> {now[k]}]
  /\ io = "idle" /\ last = 1 /\ number = 1
  /\ promised = {image}

-----------------------------------------------------------------------------
(***************************************************************************)
(* The writer of the log.                                                  *)
(***************************************************************************)

\* What may be read of page p when only some of its sectors were written: that
\* it is torn; or, if that is not told, anything.
TornOf(p) == IF TornTold THEN {Torn} ELSE {[p EXCEPT !.bits = c] : c \in Content}

\* A copy is written: p is read from now on, and a power cut may leave all of
\* it, a part of it, or what was there.
Put(k, p) ==
  /\ now' = [now EXCEPT ![k] = p]
  /\ may' = [may EXCEPT ![k] = @ \cup {p} \cup TornOf(p)]

\* ACTION Write: LogWrite of Mirror.tla.  It overwrites what was written last.
Write(c) ==
  /\ io \in {"idle", "first"}
  /\ number' = number + 1
  /\ Put(last, [number |-> number', turn |-> "first", bits |-> c])
  /\ image' = c
  /\ promised' = promised \cup {c}
  /\ io' = "first"
  /\ UNCHANGED last

\* ACTION Kept: the first copy is durable.  (A flush that began before the last
\* write to it is followed by another.)
Kept ==
  /\ io = "first"
  /\ may' = IF FirstFlushed THEN [k \in Copy |-> {now[k]}] ELSE may
  /\ io' = "kept"
  /\ promised' = IF BothFlushed THEN promised ELSE {image}
  /\ UNCHANGED <<now, last, number, image>>

\* ACTION Repeat: the same content goes to the other copy, which says so.
Repeat ==
  /\ io = "kept"
  /\ Put(Other(last), [number |-> number, turn |-> "second", bits |-> image])
  /\ last' = Other(last)
  /\ io' = "second"
  /\ UNCHANGED <<number, image, promised>>

\* ACTION Ended: LogFlushEnd of Mirror.tla.  From now on the mirror relies on it.
\*   Numbers are only compared, and what is left anywhere has this one: so it
\*   may as well be 1 again, and nothing is counted but the writes since.
Ended ==
  /\ io = "second"
  /\ now' = [k \in Copy |-> IF now[k] = Torn THEN Torn ELSE [now[k] EXCEPT !.number = 1]]
  /\ may' = [k \in Copy |-> {now'[k]}]
  /\ number' = 1
  /\ promised' = {image}
  /\ io' = "idle"
  /\ UNCHANGED <<last, image>>

\* ACTION Open: it reads, and changes nothing.  What it finds need not be
\* durable.  Restart of Mirror.tla, after which the first thing is a Write.
Open ==
  /\ io = "down"
  /\ Read(now) # "none"
  /\ \E k \in Copy : last' = k /\ (LastFound => k = LastWritten(now))
  /\ number' = Newest(now).number
  /\ image' = Read(now)
  /\ io' = "idle"
  /\ UNCHANGED <<now, may, promised>>

\* ACTION Void: opening finds nothing to read: every region is dirty, and the log
\*   is made anew.  First nothing of it is left to be read, durably: that is done
\*   with the superblock, one for all pages.  A crash before this has come to
\*   its end leaves what one before it leaves.
Void ==
  /\ io = "down"
  /\ Read(now) = "none"
  /\ now' = [k \in Copy |-> Torn]
  /\ may' = [k \in Copy |-> {Torn}]
  /\ io' = "void"
  /\ UNCHANGED <<last, number, image, promised>>

\* ACTION MakeAnew: both copies are written and flushed, and then the superblock.
\*   A crash before its end leaves nothing to be read.
MakeAnew ==
  /\ io = "void"
  /\ now' = Made(AllDirty)
  /\ may' = [k \in Copy |-> {now'[k]}]
  /\ image' = AllDirty /\ promised' = {AllDirty}
  /\ number' = 1 /\ last' = 1
  /\ io' = "idle"

-----------------------------------------------------------------------------
(***************************************************************************)
(* What becomes of it.                                                     *)
(***************************************************************************)

\* ACTION BecomeDamaged: a copy cannot be read any more, however long ago it was
\*   written, and never again as it was.
BecomeDamaged(k) ==
  /\ Damage /\ Whole(now[k])
  /\ now' = [now EXCEPT ![k] = Torn]
  /\ may' = [may EXCEPT ![k] = {Torn}]
  /\ UNCHANGED <<io, last, number, image, promised>>

\* What the writer knew is lost.
MemoryLost ==
  /\ io' = "down"
  /\ last' = 0 /\ number' = 0 /\ image' = AllDirty

\* ACTION Kill: what is volatile stays so.
Kill ==
  /\ io # "down"
  /\ MemoryLost
  /\ UNCHANGED <<now, may, promised>>

\* ACTION KillWriting: in the middle of a write.  That leaves a part of the page.
KillWriting ==
  /\ io \in {"idle", "first", "kept"}
  /\ LET k == IF io = "kept" THEN Other(last) ELSE last
     IN /\ now' = [now EXCEPT ![k] = Torn]
        /\ may' = [may EXCEPT ![k] = @ \cup {Torn}]
  /\ MemoryLost
  /\ UNCHANGED promised

\* ACTION PowerCut: each copy keeps one of the contents that its cache allows.
\*   What a cut may leave at any instant it may leave after a Kill at that instant.
PowerCut ==
  /\ io = "down"
  /\ \E zero \in may[0], one \in may[1] : now' = [k \in Copy |-> <<zero, one>>[k + 1]]
  /\ may' = [k \in Copy |-> {now'[k]}]
  /\ MemoryLost
  /\ UNCHANGED promised

Next ==
  \/ \E c \in Content : Write(c)
  \/ Kept
  \/ Repeat
  \/ Ended
  \/ Open
  \/ Void
  \/ MakeAnew
  \/ \E k \in Copy : BecomeDamaged(k)
  \/ Kill
  \/ KillWriting
  \/ PowerCut

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
(***************************************************************************)
(* What is believed after a crash.                                         *)
(***************************************************************************)

\* What a crash may leave of the log.
Left == {[k \in Copy |-> <<zero, one>>[k + 1]] : zero \in may[0], one \in may[1]}

\* A crash leaves what was promised last, or one of the contents that were
\* written since, and all of it: what `may' of Mirror.tla's log is to say.  So
\* no bit is clean that was promised to be dirty.
\*   In one way it is more than Mirror.tla's block may leave.  There a power cut
\* leaves one content for good.  Here it leaves two copies, and the second may
\* be what a later cut, before the next flush has ended, brings to light.  Until
\* that flush has ended the mirror writes to no leg (OpeningRewritesLog), so it
\* is as if the first cut had left that.
OldOrNew == \A p \in Left \cup {now} : Read(p) \in promised

\* The same, whatever is damaged: or else nothing is left to read, and every
\* region is dirty.
NeverStale == \A p \in Left \cup {now} : Read(p) \in promised \cup {"none"}

THEOREM Off = {} => (Spec => [](TypeOK /\ NeverStale))
THEOREM Off = {} /\ ~Damage => (Spec => []OldOrNew)
=============================================================================
