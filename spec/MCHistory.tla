----------------------------- MODULE MCHistory -----------------------------
(***************************************************************************)
(* Bounds for MirrorHistory: those of MCMirror, and for the same reasons.  *)
(* The models watch one of the two contents, which stands for either.      *)
(***************************************************************************)
EXTENDS MirrorHistory

CONSTANTS Regions, BlocksPerRegion, Legs

MCLeg == 0 .. Legs - 1
MCBlock == 0 .. Regions * BlocksPerRegion - 1
MCPage == MCBlock
MCRegion == 0 .. Regions - 1
MCPageOf(b) == b
MCRegionOf(b) == b \div BlocksPerRegion
MCSlot == MCPage
=============================================================================
