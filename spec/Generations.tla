---------------------------- MODULE Generations ----------------------------
(***************************************************************************)
(* How a volume records which of its legs are in use: what Mirror.tla does *)
(* in one step, RecordFailure, and takes for granted at Restart.  The log  *)
(* and each leg's label carry a generation.  Each change, and each         *)
(* opening, makes a new one: first on the log, then on the labels of the   *)
(* legs in use, then the log notes that they carry it.  Only then is the   *)
(* volume used.  So whatever is older than something else that is there    *)
(* can be told from it.                                                    *)
(*                                                                         *)
(* A record's write is atomic: two copies, see TwoCopies and the label.    *)
(* One region stands for all.  Data is durable at once, as Mirror judges   *)
(* that.  Contents are not needed: `lacks' says which leg lacks what.      *)
(* A number can be made twice: a log that a kill left and that somebody    *)
(* copied may be taken back by a power cut.  So a generation is a number   *)
(* and a nonce, drawn anew each time.  What is random is here the least    *)
(* nonce that no record of that number which is still anywhere has.        *)
(*                                                                         *)
(* Not modelled: that everything that is there is put back to what it was, *)
(* which nobody can tell from never having been used since; and a nonce    *)
(* that is drawn twice.                                                    *)
(***************************************************************************)
EXTENDS Naturals, FiniteSets

CONSTANTS
  Leg,
  Meddling,  \* What happens to files that are not in use: see Meddles.
  Off        \* The assumptions that do not hold.

Assumption == {"NewAtOpening", "LabelsFirst", "EntriesLast", "EntriesHeeded",
  "EntriesOnLabels", "LogHeeded", "DirtyFirst", "SplitHeeded",
  "DescentHeeded", "Nonces", "DirtyBeforeRebuild", "FoundFlushed"}

ASSUME Off \subseteq Assumption

Holds(a) == a \notin Off

NewAtOpening == Holds("NewAtOpening")    \* Opening makes a new generation.
LabelsFirst == Holds("LabelsFirst")      \* Labels carry it before the volume is used.
EntriesLast == Holds("EntriesLast")      \* The log notes that labels carry it when they do.
EntriesHeeded == Holds("EntriesHeeded")  \* A label older than the log's note of it is stale.
EntriesOnLabels == Holds("EntriesOnLabels") \* Labels have that note too, for where there is no log.
LogHeeded == Holds("LogHeeded")          \* A log older than a label is stale.
DirtyFirst == Holds("DirtyFirst")        \* Bits that are not believed are durably dirty before
                                         \* the log has a generation that is.
SplitHeeded == Holds("SplitHeeded")      \* Legs that call each other out are refused.
DescentHeeded == Holds("DescentHeeded")  \* ... unless one knew of the other's label.
Nonces == Holds("Nonces")                \* Two generations of one number have different nonces.
DirtyBeforeRebuild == Holds("DirtyBeforeRebuild") \* A blank leg comes where all is dirty.
FoundFlushed == Holds("FoundFlushed")    \* What labels are found to say is durable before it is noted.

ASSUME Meddling \subseteq {"leg goes", "leg replaced", "leg put back", "leg taken out",
  "leg removed", "log lost", "log put back", "volatile copied"}

Meddles(m) == m \in Meddling

VARIABLES
  log,     \* [gen, nonce, out, absent, source, entry, bit]: what a read returns. absent: the
           \* legs, all of them out, that the volume does not have. bit: TRUE is clean.
  may,     \* What a power cut may leave of the log.
  label,   \* Leg -> what a read returns: [gen, nonce, out, absent, source, entry].
  mayBe,   \* Leg -> what a power cut may leave of its label.
  gone,    \* The legs whose files are not there.
  keptLog, \* A copy of the log that somebody has made.
  kept,    \* Leg -> a copy of the label, and which legs were written since.
  mode,    \* "down"; "bits", "log", "labels", "entries": recording; "rewrite"; "up".
  now,     \* In memory: [gen, nonce, out, absent, source].
  entry,   \* In memory: Leg -> the generation that its label is known to have: [gen, nonce].
  bit,     \* In memory.
  nosync,  \* In memory: the region has to be resynced.
  lacks,   \* Pairs of legs: the first lacks a write that the second has.
  differ,  \* Pairs of legs: of a write that was not acknowledged one may have more.
  meddled  \* Whether anything but a crash has happened, or the loss of the log.

memory == <<now, entry, bit, nosync>>
copies == <<keptLog, kept>>
vars == <<log, may, label, mayBe, gone, copies, mode, memory, lacks, differ, meddled>>

Generation(g, n) == [gen |-> g, nonce |-> n]
Of(r) == Generation(r.gen, r.nonce)
Never == [l \in Leg |-> Generation(0, 0)]
None == [gen |-> 0, nonce |-> 0, out |-> {}, absent |-> {}, source |-> 0, entry |-> Never] \* A label that is none.
Lost == [gen |-> 0, nonce |-> 0, out |-> {}, absent |-> {}, source |-> 0, entry |-> Never, bit |-> FALSE]
\* The legs that are found: a log names no file where the volume has no leg.
Here == Leg \ (gone \cup log.absent)
InUse == Leg \ now.out
Labelled == {l \in Here : label[l] # None}

TypeOK ==
  /\ log \in may
  /\ \A l \in Leg : label[l] \in mayBe[l]
  /\ mode \in {"down", "bits", "log", "labels", "entries", "rewrite", "up"}
  /\ now.out \in SUBSET Leg /\ now.absent \in SUBSET now.out /\ now.source \in Leg
  /\ mode # "down" => now.source \notin now.out
  /\ \A l \in Leg : label[l].gen <= now.gen \/ mode = "down" \/ l \in now.out
  /\ bit \in BOOLEAN /\ nosync \in BOOLEAN /\ meddled \in BOOLEAN
  /\ lacks \subseteq Leg \X Leg /\ differ \subseteq Leg \X Leg

First == CHOOSE l \in Leg : \A m \in Leg : l <= m

\* What the log, and a label, are to say.
OnLog == [gen |-> now.gen, nonce |-> now.nonce, out |-> now.out, absent |-> now.absent,
          source |-> now.source, entry |-> entry, bit |-> bit]
OnLabel == [gen |-> now.gen, nonce |-> now.nonce, out |-> now.out, absent |-> now.absent,
            source |-> now.source, entry |-> IF EntriesOnLabels THEN entry ELSE Never]

\* A volume just made.  It may lack a leg.
Init ==
  /\ \E absent \in IF Meddles("leg removed") THEN SUBSET (Leg \ {First}) ELSE {{}} :
       now = [gen |-> 1, nonce |-> 0, out |-> absent, absent |-> absent, source |-> First]
  /\ entry = [l \in Leg |-> IF l \in InUse THEN Of(now) ELSE Generation(0, 0)]
  /\ bit = TRUE /\ nosync = FALSE
  /\ label = [l \in Leg |-> IF l \in InUse THEN OnLabel ELSE None]
  /\ mayBe = [l \in Leg |-> {label[l]}]
  /\ log = OnLog
  /\ may = {log}
  /\ gone = {} /\ mode = "down" /\ lacks = {} /\ differ = {} /\ meddled = FALSE
  /\ keptLog = Lost
  /\ kept = [l \in Leg |-> [label |-> None, since |-> {}]]

-----------------------------------------------------------------------------
(***************************************************************************)
(* Opening: what is believed.                                              *)
(***************************************************************************)

\* The highest number on a label.
Highest == IF Labelled = {} THEN 0 ELSE
  CHOOSE g \in {label[l].gen : l \in Labelled} : \A l \in Labelled : label[l].gen <= g

\* A log is older than a label of a higher number; and it is not the one that a
\* label of its number was written after, if the nonces differ.
LogBelieved(highest) ==
  /\ log # Lost
  /\ LogHeeded => /\ log.gen >= highest
                  /\ \A l \in Labelled : label[l].gen = log.gen => Of(label[l]) = Of(log)

\* Whether a label is older than it was known to be, or another.
Stale(l, known) ==
  \/ label[l].gen < known.gen
  \/ label[l].gen = known.gen /\ label[l].nonce # known.nonce

\* Two legs that call each other out were each used alone, unless the one that was
\* written later knew of the other's label: then that leg has been readmitted, and
\* the other has failed since.  And of one generation there is one record, or it
\* was made twice, each time without the other leg.  (A label that was written when the
\* volume had no leg in a place says nothing of the leg that has it now.)
Follows(l, m) == DescentHeeded /\ label[l].gen > label[m].gen /\ label[l].entry[m] = Of(label[m])

Split == \E l, m \in Labelled :
  \/ /\ l \in label[m].out \ label[m].absent /\ m \in label[l].out \ label[l].absent
     /\ ~Follows(l, m) /\ ~Follows(m, l)
  \/ /\ label[l].gen = label[m].gen
     /\ [label[l] EXCEPT !.entry = Never] # [label[m] EXCEPT !.entry = Never]

\* What an opening finds, worked out once.
\*   record: the newest, wherever it is, and no other: an older label may call out a leg
\*   that was being readmitted when the one that wrote it failed.
\*   unknown: the legs of which it is not known what they hold: their label is none of
\*   ours, or not as late as it was seen to be.
\*   clean: whether the bit is believed.
Found ==
  LET highest == Highest
      believed == LogBelieved(highest)
      record == IF believed THEN log ELSE IF Labelled = {} THEN Lost
                ELSE label[CHOOSE l \in Labelled : label[l].gen = highest]
      unknown == {l \in Here : label[l] = None \/ (EntriesHeeded /\ Stale(l, record.entry[l]))}
  IN [highest |-> highest, believed |-> believed, record |-> record, unknown |-> unknown,
      out |-> record.out \cup gone \cup unknown,
      clean |-> believed /\ log.bit /\ unknown = {}]

\* A volume whose source is not to be had is opened only if another leg is equal; and
\* none is with a file where it has no leg.
MayOpen(found) ==
  /\ found.believed \/ Labelled # {}
  /\ SplitHeeded => ~Split
  /\ found.out # Leg
  /\ Here \cap found.record.absent = {}
  /\ found.record.source \in found.out => found.clean

\* The generations that are there, or may come to light, or are kept.
Records == may \cup {keptLog} \cup UNION {mayBe[l] : l \in Leg} \cup {kept[l].label : l \in Leg}
Drawn == {Of(r) : r \in Records} \cup {r.entry[l] : r \in Records, l \in Leg}

New(g) == IF ~Nonces THEN Generation(g, 0) ELSE
  LET used == {d.nonce : d \in {e \in Drawn : e.gen = g}} IN
  Generation(g, CHOOSE n \in 0 .. Cardinality(used) : n \notin used /\ \A m \in 0 .. n - 1 : m \in used)

\* ACTION Open: Restart of Mirror.tla.  A kill may have left a label that a power cut
\*   takes back; the legs in use are flushed first.
Open ==
  /\ mode = "down"
  /\ LET found == Found
         record == found.record
         g == IF record.gen > found.highest THEN record.gen ELSE found.highest
         next == IF NewAtOpening \/ found.out # record.out THEN New(g + 1) ELSE Of(record)
     IN
     /\ MayOpen(found)
     /\ now' = [gen |-> next.gen, nonce |-> next.nonce, out |-> found.out, absent |-> record.absent,
                source |-> IF record.source \in found.out THEN CHOOSE l \in Leg \ found.out : TRUE
                           ELSE record.source]
     /\ entry' = IF found.believed THEN log.entry
                 ELSE [l \in Leg |-> IF l \in Labelled /\ ~Stale(l, record.entry[l]) THEN Of(label[l])
                                     ELSE record.entry[l]]
     /\ bit' = found.clean /\ nosync' = ~found.clean
     /\ mode' = IF DirtyFirst /\ log.bit /\ ~found.clean THEN "bits" ELSE "log"
     /\ mayBe' = [l \in Leg |-> IF FoundFlushed /\ l \notin found.out THEN {label[l]} ELSE mayBe[l]]
  /\ UNCHANGED <<log, may, label, gone, copies, lacks, differ, meddled>>

-----------------------------------------------------------------------------
(***************************************************************************)
(* Recording.  Each write is followed by a flush, as a step of its own.    *)
(***************************************************************************)

\* ACTION BitsWrite: the bits alone, durably: the generation with them is as old
\*   as it was found.  In mode "rewrite" that is the first write of a volume
\*   that is open; it has no effect if they were written before.
BitsWrite ==
  /\ mode \in {"bits", "rewrite"}
  /\ log' = [log EXCEPT !.bit = bit] /\ may' = may \cup {log'}
  /\ log' # log
  /\ UNCHANGED <<label, mayBe, gone, copies, mode, memory, lacks, differ, meddled>>

BitsFlush ==
  /\ mode \in {"bits", "rewrite"} /\ log.bit = bit
  /\ may' = {log}
  /\ mode' = IF mode = "bits" THEN "log" ELSE "up"
  /\ UNCHANGED <<log, label, mayBe, gone, copies, memory, lacks, differ, meddled>>

\* ACTION LogWrite, LogFlush: the generation, and who is out; the entries old.
LogWrite ==
  /\ mode \in {"log", "entries"}
  /\ LET carried == [l \in Leg |-> IF l \in InUse THEN Of(now) ELSE entry[l]]
         entries == IF mode = "entries" \/ ~EntriesLast THEN carried ELSE entry
     IN /\ log' = [OnLog EXCEPT !.entry = entries, !.bit = log.bit]
        /\ entry' = entries
  /\ log' # log
  /\ may' = may \cup {log'}
  /\ UNCHANGED <<label, mayBe, gone, copies, mode, now, bit, nosync, lacks, differ, meddled>>

LogFlush ==
  /\ mode \in {"log", "entries"}
  /\ Of(log) = Of(now)
  /\ mode = "entries" => \A l \in InUse : log.entry[l] = Of(now)
  /\ may' = {log}
  /\ mode' = IF mode = "entries" \/ ~LabelsFirst THEN IF log.bit = bit THEN "up" ELSE "rewrite" ELSE "labels"
  /\ UNCHANGED <<log, label, mayBe, gone, copies, memory, lacks, differ, meddled>>

\* ACTION LabelWrite, LabelFlush: of each leg in use.
LabelWrite(l) ==
  /\ mode = "labels" /\ l \in InUse \ gone
  /\ label[l] # OnLabel
  /\ label' = [label EXCEPT ![l] = OnLabel]
  /\ mayBe' = [mayBe EXCEPT ![l] = @ \cup {OnLabel}]
  /\ UNCHANGED <<log, may, gone, copies, mode, memory, lacks, differ, meddled>>

LabelsFlush ==
  /\ mode = "labels"
  /\ \A l \in InUse : label[l] = OnLabel
  /\ mayBe' = [l \in Leg |-> IF l \in InUse THEN {label[l]} ELSE mayBe[l]]
  /\ mode' = "entries"
  /\ UNCHANGED <<log, may, label, gone, copies, memory, lacks, differ, meddled>>

-----------------------------------------------------------------------------
(***************************************************************************)
(* Use.                                                                    *)
(***************************************************************************)

\* ACTION Write: its region is durably dirty before.  It is acknowledged.
\*   What a leg out of sync has of a write is copied over.
Write ==
  LET written == IF nosync THEN {now.source} ELSE InUse IN
  /\ mode = "up" /\ InUse \cap gone = {}
  /\ bit' = FALSE
  /\ log' = [log EXCEPT !.bit = FALSE] /\ may' = {log'}
  /\ lacks' = lacks \cup ((Leg \ written) \X written)
  /\ kept' = [l \in Leg |-> [kept[l] EXCEPT !.since = @ \cup written]]
  /\ UNCHANGED <<label, mayBe, gone, keptLog, mode, now, entry, nosync, differ, meddled>>

\* ACTION WriteCutOff: a kill in the middle of one.  Any of its legs may have it.
WriteCutOff ==
  LET written == IF nosync THEN {now.source} ELSE InUse IN
  /\ mode = "up" /\ InUse \cap gone = {}
  /\ bit' = FALSE
  /\ log' = [log EXCEPT !.bit = FALSE] /\ may' = {log'}
  /\ differ' = differ \cup {p \in Leg \X Leg : p[1] # p[2] /\ (p[1] \in written \/ p[2] \in written)}
  /\ kept' = [l \in Leg |-> [kept[l] EXCEPT !.since = @ \cup written]]
  /\ mode' = "down"
  /\ UNCHANGED <<label, mayBe, gone, keptLog, now, entry, nosync, lacks, meddled>>

\* ACTION Resync: the legs in use become what the source is.
Resync ==
  LET As(l) == IF l \in InUse THEN now.source ELSE l
      Copied(pairs) == {p \in Leg \X Leg : As(p[1]) # As(p[2]) /\ <<As(p[1]), As(p[2])>> \in pairs}
  IN
  /\ mode = "up" /\ nosync /\ InUse \cap gone = {}
  /\ nosync' = FALSE
  /\ lacks' = Copied(lacks) /\ differ' = Copied(differ)
  /\ kept' = [l \in Leg |-> [kept[l] EXCEPT !.since = @ \cup InUse]]
  /\ UNCHANGED <<log, may, label, mayBe, gone, keptLog, mode, now, entry, bit, meddled>>

\* ACTION MarkClean: while a leg is out nothing is (FailureKeepsDirty), unless it is one
\*   that the volume does not have.
MarkClean ==
  /\ mode = "up" /\ now.out = now.absent /\ ~nosync /\ ~bit
  /\ bit' = TRUE
  /\ log' = [log EXCEPT !.bit = TRUE] /\ may' = {log'}
  /\ UNCHANGED <<label, mayBe, gone, copies, mode, now, entry, nosync, lacks, differ, meddled>>

Record(out, absent, source) ==
  /\ LET next == New(now.gen + 1) IN
     now' = [gen |-> next.gen, nonce |-> next.nonce, out |-> out, absent |-> absent, source |-> source]
  /\ mode' = "log"

\* ACTION Fails: NoticeFailure, and RecordFailure begins; a leg may fail
\*   while something is recorded too.
Fails(l) ==
  /\ mode \notin {"down", "bits"} /\ l \in InUse /\ InUse # {l}
  /\ l = now.source => ~nosync
  /\ Record(now.out \cup {l}, now.absent,
            IF l = now.source THEN CHOOSE m \in InUse \ {l} : TRUE ELSE now.source)
  /\ UNCHANGED <<log, may, label, mayBe, gone, copies, entry, bit, nosync, lacks, differ, meddled>>

\* ACTION Readmit: a leg whose data is not known was told at opening, and the
\*   region was made dirty then.
Readmit(l) ==
  /\ mode = "up" /\ l \in now.out \ (now.absent \cup gone)
  /\ Record(now.out \ {l}, now.absent, now.source)
  /\ nosync' = ~bit
  /\ UNCHANGED <<log, may, label, mayBe, gone, copies, entry, bit, lacks, differ, meddled>>

\* A blank leg comes to place l.  What is noted of its label is later than any label
\* that the leg had that was there before.
Blank(l) ==
  /\ DirtyBeforeRebuild => ~bit
  /\ entry' = [entry EXCEPT ![l] = Of(now)]
  /\ label' = [label EXCEPT ![l] = None] /\ mayBe' = [mayBe EXCEPT ![l] = {None}]
  /\ lacks' = (lacks \cup ({l} \X (Leg \ {l}))) \ ((Leg \ {l}) \X {l})

\* ACTION TakeOut: a leg that is out of use, and has been recorded to be, is taken
\*   out of the volume for good, and a blank one takes its slot, to be readmitted.
\*   Replace of Mirror.tla.
TakeOut(l) ==
  /\ mode = "up" /\ Meddles("leg taken out") /\ l \in now.out \ (now.absent \cup gone)
  /\ label[l] # None
  /\ Blank(l)
  /\ kept' = [kept EXCEPT ![l] = [label |-> label[l], since |-> {}]]
  /\ UNCHANGED <<log, may, gone, keptLog, mode, now, bit, nosync, differ, meddled>>

\* ACTION Remove: a leg that is out of use, and has been recorded to be, is taken out
\*   of the volume, which has none in its place from then on.  Nothing is written to it.
Remove(l) ==
  /\ mode = "up" /\ Meddles("leg removed") /\ l \in now.out \ now.absent
  /\ Record(now.out, now.absent \cup {l}, now.source)
  /\ UNCHANGED <<log, may, label, mayBe, gone, copies, entry, bit, nosync, lacks, differ, meddled>>

\* ACTION Add: a blank leg comes where the volume has none, and is taken in.  The leg
\*   that was removed, if there was one, still lies about.
Add(l) ==
  /\ mode = "up" /\ l \in now.absent
  /\ Blank(l)
  /\ Record(now.out \ {l}, now.absent \ {l}, now.source)
  /\ nosync' = ~bit /\ gone' = gone \ {l}
  /\ kept' = IF label[l] = None THEN kept
             ELSE [kept EXCEPT ![l] = [label |-> label[l], since |-> {}]]
  /\ UNCHANGED <<log, may, keptLog, bit, differ, meddled>>

-----------------------------------------------------------------------------
(***************************************************************************)
(* Crashes, and what happens to files that are not in use.                 *)
(***************************************************************************)

Kill ==
  /\ mode # "down"
  /\ mode' = "down"
  /\ UNCHANGED <<log, may, label, mayBe, gone, copies, memory, lacks, differ, meddled>>

PowerCut ==
  /\ mode = "down"
  /\ log' \in may /\ may' = {log'}
  /\ label' \in {f \in [Leg -> UNION {mayBe[l] : l \in Leg}] : \A l \in Leg : f[l] \in mayBe[l]}
  /\ mayBe' = [l \in Leg |-> {label'[l]}]
  /\ UNCHANGED <<gone, copies, mode, memory, lacks, differ, meddled>>

LegGoes(l) ==
  /\ mode = "down" /\ Meddles("leg goes")
  /\ gone' = IF l \in gone THEN gone \ {l} ELSE gone \cup {l}
  /\ meddled' = TRUE
  /\ UNCHANGED <<log, may, label, mayBe, copies, mode, memory, lacks, differ>>

NewLabel(l, new) ==
  /\ label' = [label EXCEPT ![l] = new]
  /\ mayBe' = [mayBe EXCEPT ![l] = {new}]
  /\ meddled' = TRUE

\* Another file lies in a leg's place, or both copies of its label are damaged.
LegReplaced(l) ==
  /\ mode = "down" /\ Meddles("leg replaced") /\ l \in Here
  /\ NewLabel(l, None)
  /\ lacks' = (lacks \cup ({l} \X (Leg \ {l}))) \ ((Leg \ {l}) \X {l})
  /\ UNCHANGED <<log, may, gone, copies, mode, memory, differ>>

CopyLeg(l) ==
  /\ mode = "down" /\ Meddles("leg put back") /\ l \in Here /\ kept[l].label = None
  /\ mayBe[l] = {label[l]} \/ Meddles("volatile copied")
  /\ kept' = [kept EXCEPT ![l] = [label |-> label[l], since |-> {}]]
  /\ UNCHANGED <<log, may, label, mayBe, gone, keptLog, mode, memory, lacks, differ, meddled>>

\* An older copy of a leg takes its place, or the leg that was taken out.
LegPutBack(l) ==
  /\ mode = "down" /\ (Meddles("leg put back") \/ Meddles("leg taken out") \/ Meddles("leg removed"))
  /\ l \in Here /\ kept[l].label # None
  /\ NewLabel(l, kept[l].label)
  /\ lacks' = (lacks \cup ({l} \X (kept[l].since \ {l})))
              \ (IF l \in kept[l].since THEN (Leg \ {l}) \X {l} ELSE {})
  /\ UNCHANGED <<log, may, gone, copies, mode, memory, differ>>

NewLog(new) ==
  /\ log' = new /\ may' = {new}
  /\ meddled' = TRUE

LogLost ==
  /\ mode = "down" /\ Meddles("log lost")
  /\ log' = Lost /\ may' = {Lost}
  /\ UNCHANGED <<meddled, label, mayBe, gone, copies, mode, memory, lacks, differ>>

CopyLog ==
  /\ mode = "down" /\ Meddles("log put back") /\ keptLog = Lost
  /\ may = {log} \/ Meddles("volatile copied")
  /\ keptLog' = log
  /\ UNCHANGED <<log, may, label, mayBe, gone, kept, mode, memory, lacks, differ, meddled>>

LogPutBack ==
  /\ mode = "down" /\ Meddles("log put back") /\ keptLog # Lost
  /\ NewLog(keptLog)
  /\ UNCHANGED <<label, mayBe, gone, copies, mode, memory, lacks, differ>>

-----------------------------------------------------------------------------
Next ==
  \/ Open
  \/ BitsWrite
  \/ BitsFlush
  \/ LogWrite
  \/ LogFlush
  \/ \E l \in Leg : LabelWrite(l)
  \/ LabelsFlush
  \/ Write
  \/ WriteCutOff
  \/ Resync
  \/ MarkClean
  \/ \E l \in Leg : Fails(l)
  \/ \E l \in Leg : Readmit(l)
  \/ \E l \in Leg : TakeOut(l)
  \/ \E l \in Leg : Remove(l)
  \/ \E l \in Leg : Add(l)
  \/ Kill
  \/ PowerCut
  \/ \E l \in Leg : LegGoes(l)
  \/ \E l \in Leg : LegReplaced(l)
  \/ \E l \in Leg : CopyLeg(l)
  \/ \E l \in Leg : LegPutBack(l)
  \/ LogLost
  \/ CopyLog
  \/ LogPutBack

Spec == Init /\ [][Next]_vars

\* No stale leg and no stale log is trusted: what is in use and called clean
\* is equal.
NoDesync ==
  mode = "up" /\ bit => \A l, m \in InUse : <<l, m>> \notin lacks \cup differ

\* The same, by the name of what is judged where a leg or a log is put back.
StaleLegNotTrusted == NoDesync
StaleLogNotTrusted == NoDesync
MadeTwiceNotTrusted == NoDesync

\* What a region out of sync is copied from lacks nothing that a leg in use has,
\* so that nothing acknowledged is overwritten.
NothingLost ==
  mode = "up" => \A l \in InUse : <<now.source, l>> \notin lacks

\* A leg that was taken out of the volume is not taken for the one that has its
\* slot now, though its label says that it is.
TakenOutNotTaken ==
  LET found == Found IN
  mode = "down" /\ MayOpen(found) => \A l \in Leg \ found.out : label[l] # kept[l].label

\* A leg that comes new to its place is resynced before it is called equal, and
\* nothing is copied from it before that.
NewLegResynced == NoDesync /\ NothingLost

\* A crash puts no leg out and does not keep the volume from being opened.  (A new one
\* that has not got its label yet is out still.)
CrashHarmless ==
  LET found == Found IN
  ~meddled /\ mode = "down" =>
    /\ MayOpen(found)
    /\ \A l \in Leg : label[l] # None => l \notin found.unknown

\* Nor does a crash where the log is lost, and so what it knew of the labels: each says
\* what is known of the others.  That is also how it is with a log that has no
\* generation, as dm-mirror's.  (What a leg that is recorded as out has is not asked for.)
LostLogHarmless ==
  LET found == Found IN
  ~meddled /\ mode = "down" =>
    /\ MayOpen(found)
    /\ \A l \in Leg \ found.record.out : label[l] # None => l \notin found.unknown

THEOREM Off = {} => (Spec => [](TypeOK /\ NoDesync /\ NothingLost /\ CrashHarmless))
=============================================================================
