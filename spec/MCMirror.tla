------------------------------ MODULE MCMirror ------------------------------
(***************************************************************************)
(* Bounds for Mirror.  Two contents are exact, not a bound: no policy      *)
(* compares contents, and every property compares two.  There is no bound  *)
(* on writes, rounds or crashes.  A page is one block, the least that can  *)
(* be torn.  A page is under one write at a time, so a slot a page is all. *)
(***************************************************************************)
EXTENDS Mirror

CONSTANTS Regions, BlocksPerRegion, Legs

MCLeg == 0 .. Legs - 1
MCBlock == 0 .. Regions * BlocksPerRegion - 1
MCPage == MCBlock
MCRegion == 0 .. Regions - 1
MCPageOf(b) == b
MCRegionOf(b) == b \div BlocksPerRegion
MCSlot == MCPage
=============================================================================
