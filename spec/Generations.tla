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
(* Not modelled: that everything that is there is put back to what it was, *)
(* which nobody can tell from never having been used since; nor that what  *)
(* is put back was copied between a kill and a power cut which took it: a  *)
(* generation can then be made twice.                                      *)
(***************************************************************************)
EXTENDS Naturals, FiniteSets

CONSTANTS
  Leg,
  Meddling,  \* What happens to files that are not in use: see Meddles.
  Off        \* The assumptions that do not hold.

Assumption == {"NewAtOpening", "LabelsFirst", "EntriesLast", "EntriesHeeded",
  "LogHeeded", "SplitHeeded"}

ASSUME Off \subseteq Assumption

Holds(a) == a \notin Off

NewAtOpening == Holds("NewAtOpening")    \* Opening makes a new generation.
LabelsFirst == Holds("LabelsFirst")      \* Labels carry it before the volume is used.
EntriesLast == Holds("EntriesLast")      \* The log notes that labels carry it when they do.
EntriesHeeded == Holds("EntriesHeeded")  \* A label older than the log's note of it is stale.
LogHeeded == Holds("LogHeeded")          \* A log older than a label is stale.
SplitHeeded == Holds("SplitHeeded")      \* Legs that call each other out are refused.

ASSUME Meddling \subseteq {"leg goes", "leg replaced", "leg put back", "log lost", "log put back"}

Meddles(m) == m \in Meddling

VARIABLES
  log,     \* [super, bit]: what a read returns. bit: TRUE is clean.
  may,     \* What a power cut may leave of the log.
  label,   \* Leg -> what a read returns: [gen, out, source].
  mayBe,   \* Leg -> what a power cut may leave of its label.
  gone,    \* The legs whose files are not there.
  keptLog, \* A copy of the log that somebody has made.
  kept,    \* Leg -> a copy of the label, and which legs were written since.
  mode,    \* "down"; "log", "labels", "entries": recording; "up".
  now,     \* In memory: [gen, out, source].
  entry,   \* In memory: Leg -> the generation that its label is known to have.
  bit,     \* In memory.
  nosync,  \* In memory: the region has to be resynced.
  lacks,   \* Pairs of legs: the first lacks a write that the second has.
  meddled  \* Whether anything but a crash has happened.

memory == <<now, entry, bit, nosync>>
copies == <<keptLog, kept>>
vars == <<log, may, label, mayBe, gone, copies, mode, memory, lacks, meddled>>

None == [gen |-> 0, out |-> {}, source |-> 0]        \* A label that is none.
Lost == [gen |-> 0, out |-> {}, source |-> 0, entry |-> [l \in Leg |-> 0], bit |-> FALSE]
Here == Leg \ gone
InUse == Leg \ now.out
Labelled == {l \in Here : label[l] # None}

TypeOK ==
  /\ log \in may
  /\ \A l \in Leg : label[l] \in mayBe[l]
  /\ mode \in {"down", "log", "labels", "entries", "up"}
  /\ now.out \in SUBSET Leg /\ now.source \in Leg
  /\ mode # "down" => now.source \notin now.out
  /\ \A l \in Leg : label[l].gen <= now.gen \/ mode = "down" \/ l \in now.out
  /\ bit \in BOOLEAN /\ nosync \in BOOLEAN /\ meddled \in BOOLEAN
  /\ lacks \subseteq Leg \X Leg

First == CHOOSE l \in Leg : \A m \in Leg : l <= m

Init ==
  /\ now = [gen |-> 1, out |-> {}, source |-> First]
  /\ entry = [l \in Leg |-> 1] /\ bit = TRUE /\ nosync = FALSE
  /\ label = [l \in Leg |-> now] /\ mayBe = [l \in Leg |-> {now}]
  /\ log = [gen |-> 1, out |-> {}, source |-> First, entry |-> entry, bit |-> TRUE]
  /\ may = {log}
  /\ gone = {} /\ mode = "down" /\ lacks = {} /\ meddled = FALSE
  /\ keptLog = Lost
  /\ kept = [l \in Leg |-> [label |-> None, since |-> {}]]

-----------------------------------------------------------------------------
(***************************************************************************)
(* Opening: what is believed.                                              *)
(***************************************************************************)

Highest == IF Labelled = {} THEN 0 ELSE
  CHOOSE g \in {label[l].gen : l \in Labelled} : \A l \in Labelled : label[l].gen <= g
Newest == CHOOSE l \in Labelled : label[l].gen = Highest

LogBelieved == log # Lost /\ (LogHeeded => log.gen >= Highest)

\* The newest record, wherever it is, and no other: an older label may call out
\* a leg that was being readmitted when the one that wrote it failed.
Recorded == IF LogBelieved THEN [gen |-> log.gen, out |-> log.out, source |-> log.source]
                           ELSE label[Newest]

\* What it holds is not known: none of ours, or older than it was seen to be.
Unknown(l) ==
  /\ l \in Here
  /\ \/ label[l] = None
     \/ LogBelieved /\ EntriesHeeded /\ label[l].gen < log.entry[l]

OutNow == Recorded.out \cup gone \cup {l \in Leg : Unknown(l)}

\* Two legs that call each other out were each used alone; and of one generation
\* there is one record, or it was made twice, each time without the other leg.
Split == \E l, m \in Labelled :
  \/ l \in label[m].out /\ m \in label[l].out
  \/ label[l].gen = label[m].gen /\ label[l] # label[m]

CleanFound == LogBelieved /\ log.bit /\ \A l \in Leg : ~Unknown(l)

\* A volume whose source is not to be had is opened only if another leg is equal.
MayOpen ==
  /\ LogBelieved \/ Labelled # {}
  /\ SplitHeeded => ~Split
  /\ OutNow # Leg
  /\ Recorded.source \in OutNow => CleanFound

\* ACTION Open: Restart of Mirror.tla.
Open ==
  /\ mode = "down"
  /\ MayOpen
  /\ LET g == IF Recorded.gen > Highest THEN Recorded.gen ELSE Highest IN
     now' = [gen |-> IF NewAtOpening \/ OutNow # Recorded.out THEN g + 1 ELSE g, out |-> OutNow,
             source |-> IF Recorded.source \in OutNow THEN CHOOSE l \in Leg \ OutNow : TRUE
                        ELSE Recorded.source]
  /\ entry' = IF LogBelieved THEN log.entry
              ELSE [l \in Leg |-> label[l].gen]
  /\ bit' = CleanFound /\ nosync' = ~CleanFound
  /\ mode' = "log"
  /\ UNCHANGED <<log, may, label, mayBe, gone, copies, lacks, meddled>>

-----------------------------------------------------------------------------
(***************************************************************************)
(* Recording.  Each write is followed by a flush, as a step of its own.    *)
(***************************************************************************)

OnLog == [gen |-> now.gen, out |-> now.out, source |-> now.source, entry |-> entry, bit |-> bit]

\* ACTION LogWrite, LogFlush: the generation, and who is out; the entries old.
LogWrite ==
  /\ mode \in {"log", "entries"}
  /\ LET carried == [l \in Leg |-> IF l \in InUse THEN now.gen ELSE entry[l]]
         entries == IF mode = "entries" \/ ~EntriesLast THEN carried ELSE entry
     IN /\ log' = [OnLog EXCEPT !.entry = entries]
        /\ entry' = entries
  /\ log' # log
  /\ may' = may \cup {log'}
  /\ UNCHANGED <<label, mayBe, gone, copies, mode, now, bit, nosync, lacks, meddled>>

LogFlush ==
  /\ mode \in {"log", "entries"}
  /\ log.gen = now.gen
  /\ mode = "entries" => \A l \in InUse : log.entry[l] = now.gen
  /\ may' = {log}
  /\ mode' = IF mode = "entries" \/ ~LabelsFirst THEN "up" ELSE "labels"
  /\ UNCHANGED <<log, label, mayBe, gone, copies, memory, lacks, meddled>>

\* ACTION LabelWrite, LabelFlush: of each leg in use.
LabelWrite(l) ==
  /\ mode = "labels" /\ l \in InUse \ gone
  /\ label[l] # now
  /\ label' = [label EXCEPT ![l] = now]
  /\ mayBe' = [mayBe EXCEPT ![l] = @ \cup {now}]
  /\ UNCHANGED <<log, may, gone, copies, mode, memory, lacks, meddled>>

LabelsFlush ==
  /\ mode = "labels"
  /\ \A l \in InUse : label[l] = now
  /\ mayBe' = [l \in Leg |-> IF l \in InUse THEN {label[l]} ELSE mayBe[l]]
  /\ mode' = "entries"
  /\ UNCHANGED <<log, may, label, gone, copies, memory, lacks, meddled>>

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
  /\ UNCHANGED <<label, mayBe, gone, keptLog, mode, now, entry, nosync, meddled>>

\* ACTION Resync: the legs in use become what the source is.
Resync ==
  /\ mode = "up" /\ nosync /\ InUse \cap gone = {}
  /\ nosync' = FALSE
  /\ lacks' = {p \in Leg \X Leg :
       LET As(l) == IF l \in InUse THEN now.source ELSE l IN
       As(p[1]) # As(p[2]) /\ <<As(p[1]), As(p[2])>> \in lacks}
  /\ UNCHANGED <<log, may, label, mayBe, gone, copies, mode, now, entry, bit, meddled>>

\* ACTION MarkClean: while a leg is out nothing is (FailureKeepsDirty).
MarkClean ==
  /\ mode = "up" /\ now.out = {} /\ ~nosync /\ ~bit
  /\ bit' = TRUE
  /\ log' = [log EXCEPT !.bit = TRUE] /\ may' = {log'}
  /\ UNCHANGED <<label, mayBe, gone, copies, mode, now, entry, nosync, lacks, meddled>>

Record(out, source) ==
  /\ now' = [gen |-> now.gen + 1, out |-> out, source |-> source]
  /\ mode' = "log"

\* ACTION Fails: NoticeFailure, and RecordFailure begins; a leg may fail
\*   while something is recorded too.
Fails(l) ==
  /\ mode # "down" /\ l \in InUse /\ InUse # {l}
  /\ l = now.source => ~nosync
  /\ Record(now.out \cup {l}, IF l = now.source THEN CHOOSE m \in InUse \ {l} : TRUE ELSE now.source)
  /\ UNCHANGED <<log, may, label, mayBe, gone, copies, entry, bit, nosync, lacks, meddled>>

\* ACTION Readmit: a leg whose data is not known was told at opening, and the
\*   region was made dirty then.
Readmit(l) ==
  /\ mode = "up" /\ l \in now.out \ gone
  /\ Record(now.out \ {l}, now.source)
  /\ nosync' = ~bit
  /\ UNCHANGED <<log, may, label, mayBe, gone, copies, entry, bit, lacks, meddled>>

-----------------------------------------------------------------------------
(***************************************************************************)
(* Crashes, and what happens to files that are not in use.                 *)
(***************************************************************************)

Kill ==
  /\ mode # "down"
  /\ mode' = "down"
  /\ UNCHANGED <<log, may, label, mayBe, gone, copies, memory, lacks, meddled>>

PowerCut ==
  /\ mode = "down"
  /\ log' \in may /\ may' = {log'}
  /\ label' \in {f \in [Leg -> UNION {mayBe[l] : l \in Leg}] : \A l \in Leg : f[l] \in mayBe[l]}
  /\ mayBe' = [l \in Leg |-> {label'[l]}]
  /\ UNCHANGED <<gone, copies, mode, memory, lacks, meddled>>

LegGoes(l) ==
  /\ mode = "down" /\ Meddles("leg goes")
  /\ gone' = IF l \in gone THEN gone \ {l} ELSE gone \cup {l}
  /\ meddled' = TRUE
  /\ UNCHANGED <<log, may, label, mayBe, copies, mode, memory, lacks>>

NewLabel(l, new) ==
  /\ label' = [label EXCEPT ![l] = new]
  /\ mayBe' = [mayBe EXCEPT ![l] = {new}]
  /\ meddled' = TRUE

\* Another file lies in a leg's place, or both copies of its label are damaged.
LegReplaced(l) ==
  /\ mode = "down" /\ Meddles("leg replaced") /\ l \in Here
  /\ NewLabel(l, None)
  /\ lacks' = (lacks \cup ({l} \X (Leg \ {l}))) \ ((Leg \ {l}) \X {l})
  /\ UNCHANGED <<log, may, gone, copies, mode, memory>>

CopyLeg(l) ==
  /\ mode = "down" /\ Meddles("leg put back") /\ l \in Here /\ kept[l].label = None
  /\ mayBe[l] = {label[l]}
  /\ kept' = [kept EXCEPT ![l] = [label |-> label[l], since |-> {}]]
  /\ UNCHANGED <<log, may, label, mayBe, gone, keptLog, mode, memory, lacks, meddled>>

\* An older copy of a leg takes its place.
LegPutBack(l) ==
  /\ mode = "down" /\ Meddles("leg put back") /\ l \in Here /\ kept[l].label # None
  /\ NewLabel(l, kept[l].label)
  /\ lacks' = (lacks \cup ({l} \X (kept[l].since \ {l})))
              \ (IF l \in kept[l].since THEN (Leg \ {l}) \X {l} ELSE {})
  /\ UNCHANGED <<log, may, gone, copies, mode, memory>>

NewLog(new) ==
  /\ log' = new /\ may' = {new}
  /\ meddled' = TRUE

LogLost ==
  /\ mode = "down" /\ Meddles("log lost")
  /\ NewLog(Lost)
  /\ UNCHANGED <<label, mayBe, gone, copies, mode, memory, lacks>>

CopyLog ==
  /\ mode = "down" /\ Meddles("log put back") /\ keptLog = Lost
  /\ may = {log}
  /\ keptLog' = log
  /\ UNCHANGED <<log, may, label, mayBe, gone, kept, mode, memory, lacks, meddled>>

LogPutBack ==
  /\ mode = "down" /\ Meddles("log put back") /\ keptLog # Lost
  /\ NewLog(keptLog)
  /\ UNCHANGED <<label, mayBe, gone, copies, mode, memory, lacks>>

-----------------------------------------------------------------------------
Next ==
  \/ Open
  \/ LogWrite
  \/ LogFlush
  \/ \E l \in Leg : LabelWrite(l)
  \/ LabelsFlush
  \/ Write
  \/ Resync
  \/ MarkClean
  \/ \E l \in Leg : Fails(l)
  \/ \E l \in Leg : Readmit(l)
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
  mode = "up" /\ bit => \A l, m \in InUse : <<l, m>> \notin lacks

\* The same, by the name of what is judged where a leg or a log is put back.
StaleLegNotTrusted == NoDesync
StaleLogNotTrusted == NoDesync

\* What a region out of sync is copied from lacks nothing that a leg in use has,
\* so that nothing acknowledged is overwritten.
NothingLost ==
  mode = "up" => \A l \in InUse : <<now.source, l>> \notin lacks

\* A crash puts no leg out and does not keep the volume from being opened.
CrashHarmless ==
  ~meddled /\ mode = "down" =>
    /\ MayOpen
    /\ \A l \in Leg : ~Unknown(l)

THEOREM Off = {} => (Spec => [](TypeOK /\ NoDesync /\ NothingLost /\ CrashHarmless))
=============================================================================
