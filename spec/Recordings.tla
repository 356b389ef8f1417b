----------------------------- MODULE Recordings -----------------------------
(***************************************************************************)
(* What Recorded examines.  `validate' puts what it has recorded in place  *)
(* of this module; this is the least that a recording can be: a mirror was *)
(* opened, and its process died.  A definition and not a constant that a   *)
(* model substitutes, as TLC would evaluate that at each use.              *)
(***************************************************************************)

\* Recordings, each a sequence of chains of events.
Recordings == <<
 <<
  <<<<"Restart", <<>>, <<0>>, TRUE>>,
    <<"Kill", <<>>, <<1>>, TRUE>>>>>>>>

\* How many chains each has at most.
Width == 1
=============================================================================
