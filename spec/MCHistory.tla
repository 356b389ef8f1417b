----------------------------- MODULE MCHistory -----------------------------
(***************************************************************************)
(* The models of NothingLost watch one of the two contents, which stands   *)
(* for either.  Those of the refinement watch both, and reads.             *)
(***************************************************************************)
EXTENDS MirrorHistory, Bounds
=============================================================================
