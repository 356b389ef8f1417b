---------------------------- MODULE MCAtomicDisk ----------------------------
(***************************************************************************)
(* Bounds for AtomicDisk: two blocks, so that a write of both can be left  *)
(* half done, and two writes at a time, so that they can overlap.          *)
(***************************************************************************)
EXTENDS AtomicDisk
=============================================================================
