--------------------------- MODULE MirrorLiveness ---------------------------
(***************************************************************************)
(* What a mirror comes to in the end, if it is let.  The System is fair:   *)
(* what it can do it does.  Of the Environment two things are assumed by   *)
(* name: who began to change a page ends it, and a page that is page-dirty *)
(* is written back some day.  Nothing else need ever happen.               *)
(***************************************************************************)
EXTENDS Mirror

\* What the System does by itself while the volume is open.  UnmountEnd and
\* Restart are in it: an unmount ends, and who crashed comes back.  To take
\* in a blank leg is not: that is done when somebody asks for it.
BlankTakenIn == DirtyAll \/ \E l \in knownBlank : Readmit(l)
SyncReturns == ~Happens("syncHangs")
SystemStep == SystemNext /\ ~BlankTakenIn /\ (SyncReturns \/ sweep' # "synced" \/ sweep = "synced")
ChangeEnds == \E p \in Page : MarkPageDirty(p) \/ (changing[p] /\ ~changing'[p] /\ Next)

\* Who disturbs a quiet volume: who changes it, flushes it, suspects a region,
\* unmounts it, crashes it, or has a blank leg taken in.
Disturbance == \/ EnvironmentNext /\ ~ \E p \in Page : MarkPageDirty(p)
               \/ FailureNext
               \/ BlankTakenIn

\* A volume that is left alone from some time on.
QuietSpec == Spec /\ WF_vars(SystemStep) /\ WF_vars(ChangeEnds)
                  /\ <>[][~Disturbance]_vars

(***************************************************************************)
(* A quiet region becomes CLEAN: in memory, and durably in the log.        *)
(***************************************************************************)
DurablyClean(r) == state[r] = "CLEAN" /\ \A bits \in log.may : bits[r]
QuietBecomesClean == <>[](mode = "up" => \A r \in Region : DurablyClean(r))

-----------------------------------------------------------------------------
(***************************************************************************)
(* Resync ends even while the volume is written all the time: no more is   *)
(* assumed of the writers than that what they began goes on, and that      *)
(* crashes, failures and unmounts end, and that no region is suspected     *)
(* again and again.                                                        *)
(***************************************************************************)
WriteGoesOn(i) == \/ CopyPage(i)
                  \/ Submit(i)
                  \/ Issue(i)
                  \/ \E b \in Block, l \in Leg : LegWrite(i, b, l)
                  \/ EndWrite(i)
LogGoesOn == LogWrite \/ LogFlushBegin \/ LogFlushEnd
ResyncGoesOn == \/ \E r \in Region : ResyncBegin(r) \/ ResyncEnd(r)
                \/ \E b \in Block, l \in Leg : ResyncCopy(b, l)
ComesUp == UnmountEnd \/ Restart

WrittenSpec ==
  /\ Spec
  /\ \A i \in Slot : WF_vars(WriteGoesOn(i))
  /\ WF_vars(LogGoesOn) /\ WF_vars(ResyncGoesOn) /\ WF_vars(ComesUp)
  /\ <>[][~(FailureNext \/ UnmountBegin \/ \E r \in Region : Suspect(r))]_vars

InSync(r) == state[r] \notin {"NOSYNC", "RECOVERING"}
ResyncCompletes == \A r \in Region : <>[](mode = "up" => InSync(r))
=============================================================================
