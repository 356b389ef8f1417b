------------------------------- MODULE Bounds -------------------------------
(***************************************************************************)
(* The bounds of the models, for Mirror and all that extends it.           *)
(*                                                                         *)
(* Two contents are exact, not a bound: no policy but CompareLegs looks at *)
(* contents, and every property compares two.  A model of CompareLegs with *)
(* three contents repeats its verdict.  There is no bound on writes,       *)
(* rounds, sweeps or crashes.  A page is one block, the least that can be  *)
(* torn.  Its write-back takes one slot; two writes to one block at a time *)
(* are possible only where Slots is 2.                                     *)
(***************************************************************************)
EXTENDS Integers

CONSTANTS Regions, BlocksPerRegion, Legs, Slots

MCLeg == 0 .. Legs - 1
MCBlock == 0 .. Regions * BlocksPerRegion - 1
MCPage == MCBlock
MCRegion == 0 .. Regions - 1
MCPageOf(b) == b
MCRegionOf(b) == b \div BlocksPerRegion
MCSlot == 0 .. Slots - 1
=============================================================================
