----------------------------- MODULE MCOneCopy -----------------------------
(***************************************************************************)
(* Bounds for OneCopy: two regions, so that a crash can leave the old bit  *)
(* of one and the new bit of the other.  Nothing else is to be bounded.    *)
(***************************************************************************)
EXTENDS OneCopy
=============================================================================
