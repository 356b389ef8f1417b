---------------------------- MODULE MCTwoCopies ----------------------------
(***************************************************************************)
(* Bounds for TwoCopies.  Three contents, so that the one that was         *)
(* promised, the one that was there before and one that is written now can *)
(* all differ.  Numbers begin again at 1 with each flush of the log; three *)
(* are two writes that no flush has followed yet, each in a life of the    *)
(* writer of its own, and a third one that is judged and not gone on from. *)
(***************************************************************************)
EXTENDS TwoCopies

Few == number <= 3
=============================================================================
