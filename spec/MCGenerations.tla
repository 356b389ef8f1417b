--------------------------- MODULE MCGenerations ---------------------------
(***************************************************************************)
(* Bounds for Generations.  Generations are only compared.  Three are the  *)
(* first, and two openings or changes after it: enough to use the volume   *)
(* without a leg, to put back what is older, and to open it with that.  A  *)
(* fourth is for a leg that is readmitted after that.                      *)
(***************************************************************************)
EXTENDS Generations

CONSTANT Most

Few == now.gen <= Most
=============================================================================
